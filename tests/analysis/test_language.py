import pytest

from reader.analysis.language import LANGUAGES, LanguageDetector
from reader.analysis.languages import known_languages
from reader.analysis.results import LanguageGuess

TEXTS = {
    "ro": "Primarul din Valea Lungă a declarat că podul rămâne închis până la sfârșitul lunii mai.",
    "uk": "Мер міста заявив, що міст залишиться закритим до кінця травня, бо ремонт ще триває.",
    "it": "Il sindaco ha detto che il ponte resterà chiuso fino alla fine di maggio per i lavori.",
    "bg": "Кметът заяви, че мостът ще остане затворен до края на май, защото ремонтът продължава.",
    "ru": "Мэр города заявил, что мост останется закрытым до конца мая, так как ремонт продолжается.",
    "en": "The mayor said that the bridge would stay closed until the end of May because of repairs.",
    "es": "El alcalde dijo que el puente seguirá cerrado hasta finales de mayo por las obras.",
    "fr": "Le maire a déclaré que le pont resterait fermé jusqu'à la fin du mois de mai.",
    "de": "Der Bürgermeister sagte, dass die Brücke bis Ende Mai wegen der Arbeiten gesperrt bleibt.",
    "pl": "Burmistrz powiedział, że most pozostanie zamknięty do końca maja z powodu remontu.",
    "el": "Ο δήμαρχος δήλωσε ότι η γέφυρα θα παραμείνει κλειστή μέχρι το τέλος Μαΐου.",
    "tr": "Belediye başkanı, köprünün onarım nedeniyle mayıs sonuna kadar kapalı kalacağını söyledi.",
    "nb": "Ordføreren sa at broen skal holdes stengt fram til slutten av mai på grunn av arbeidet.",
    "zh": "市长表示，由于维修工程仍在进行，大桥将继续关闭至五月底，居民需绕道行驶。",
}


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector()


def test_every_language_with_a_file_can_be_detected():
    assert set(known_languages()) <= set(LANGUAGES)


@pytest.mark.parametrize("code", TEXTS)
def test_one_sentence_tells_the_language(detector, code):
    guess = detector.detect(TEXTS[code])
    assert guess.code == code
    assert guess.how == "detected"
    assert 0.5 < guess.confidence <= 1


@pytest.mark.parametrize("text", ["", " \n", "12 34 !!", "2026-02-12", "Da."])
def test_too_little_text_tells_nothing(detector, text):
    guess = detector.detect(text)
    assert (guess.code, guess.confidence, guess.how) == ("und", 0.0, "default")


def test_an_article_in_one_language_has_no_foreign_paragraph(detector):
    texts = [
        "Podul rămâne închis",
        TEXTS["ro"],
        "Wendy R. Shermer, Jean-Pierre Marchandeau, Wolfgang Scherbaum",
        TEXTS["ro"],
    ]
    assert detector.detect_paragraphs(texts, detector.detect(TEXTS["ro"])) == [None] * 4


def test_a_paragraph_in_another_language_is_found(detector):
    texts = [TEXTS["ro"], TEXTS["en"], TEXTS["ro"]]
    assert detector.detect_paragraphs(texts, detector.detect(TEXTS["ro"])) == [None, "en", None]


def test_a_paragraph_in_another_script_is_found_though_short(detector):
    texts = [TEXTS["ro"], "«Ми не відступимо»", TEXTS["ro"]]
    assert detector.detect_paragraphs(texts, detector.detect(TEXTS["ro"]))[1] == "uk"


def test_short_links_are_judged_together(detector):
    texts = [
        TEXTS["it"],
        TEXTS["it"],
        "El puerto reabre tras la tormenta",
        "La alcaldesa pide ayuda",
        "Los vecinos no quieren otra obra junto al río en este barrio",
    ]
    assert detector.detect_paragraphs(texts, detector.detect(TEXTS["it"])) == [None, None, "es", "es", "es"]


def test_a_short_line_beside_a_foreign_paragraph_keeps_its_language(detector):
    texts = [TEXTS["it"], TEXTS["en"], "ha detto il sindaco alla stampa", TEXTS["it"]]
    assert detector.detect_paragraphs(texts, detector.detect(TEXTS["it"])) == [None, "en", None, None]


def test_without_a_main_language_no_paragraph_differs(detector):
    assert detector.detect_paragraphs(["12", "34"], detector.detect("12 34")) == [None, None]
    assert detector.detect_paragraphs([], detector.detect(TEXTS["it"])) == []


OTHERS = {
    "sv": "Regeringen meddelade på onsdagen att den nya bron över sundet ska öppnas för trafik redan i maj, trots att"
    " flera entreprenörer har varnat för förseningar.",
    "nb": "Regjeringen opplyste onsdag at den nye broen over sundet skal åpnes for trafikk allerede i mai,"
    " selv om flere entreprenører har advart mot forsinkelser.",
    "nl": "De regering maakte woensdag bekend dat de nieuwe brug over de rivier al in mei voor het verkeer wordt"
    " geopend, hoewel verschillende aannemers voor vertraging hebben gewaarschuwd.",
    "pt": "O governo anunciou na quarta-feira que a nova ponte sobre o rio será aberta ao trânsito já em maio,"
    " apesar de vários empreiteiros terem alertado para atrasos.",
    "ca": "El govern va anunciar dimecres que el nou pont sobre el riu s’obrirà al trànsit al maig, tot i que diversos"
    " contractistes han avisat de retards.",
    "hu": "A kormány szerdán közölte, hogy a folyó feletti új hidat már májusban megnyitják a forgalom előtt, bár több"
    " vállalkozó késésre figyelmeztetett.",
    "tr": "Hükümet çarşamba günü yaptığı açıklamada, nehir üzerindeki yeni köprünün mayıs ayında trafiğe açılacağını"
    " duyurdu.",
    "cs": "Vláda ve středu oznámila, že nový most přes řeku bude otevřen pro provoz už v květnu, ačkoli několik"
    " dodavatelů varovalo před zpožděním.",
    "sk": "Vláda v stredu oznámila, že nový most cez rieku bude otvorený pre premávku už v máji, hoci viacerí"
    " dodávatelia varovali pred meškaním.",
    "hr": "Vlada je u srijedu objavila da će novi most preko rijeke biti otvoren za promet već u svibnju, iako je"
    " nekoliko izvođača upozorilo na kašnjenja.",
    "sl": "Vlada je v sredo sporočila, da bo novi most čez reko odprt za promet že maja, čeprav je več izvajalcev"
    " opozorilo na zamude.",
    "sr": "Влада је у среду објавила да ће нови мост преко реке бити отворен за саобраћај већ у мају, иако је неколико"
    " извођача упозорило на кашњења.",
    "mk": "Владата во среда објави дека новиот мост над реката ќе биде отворен за сообраќај веќе во мај, иако неколку"
    " изведувачи предупредија за доцнење.",
    "be": "Урад у сераду паведаміў, што новы мост праз раку будзе адкрыты для руху ўжо ў траўні, хоць некалькі"
    " падрадчыкаў папярэдзілі пра затрымкі.",
    "lt": "Vyriausybė trečiadienį pranešė, kad naujasis tiltas per upę bus atidarytas eismui jau gegužę, nors keli"
    " rangovai įspėjo apie vėlavimą.",
    "sq": "Qeveria njoftoi të mërkurën se ura e re mbi lumë do të hapet për trafikun që në maj, megjithëse disa"
    " kontraktorë kanë paralajmëruar për vonesa.",
    "el": "Η κυβέρνηση ανακοίνωσε την Τετάρτη ότι η νέα γέφυρα πάνω από το ποτάμι θα ανοίξει τον Μάιο.",
    "fi": "Hallitus ilmoitti keskiviikkona, että joen uusi silta avataan liikenteelle jo toukokuussa, vaikka useat"
    " urakoitsijat ovat varoittaneet viivästyksistä.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_without_a_file_is_not_taken_for_one_with_a_file(code):
    detector = LanguageDetector()
    assert detector.detect(OTHERS[code]).code == code
    own = "Guvernul a anunțat miercuri că podul va fi deschis circulației încă din luna mai, spre bucuria tuturor."
    found = detector.detect_paragraphs([own, own, own, OTHERS[code]], LanguageGuess("ro", 1.0))
    assert found == [None, None, None, code]
