"""Passages with their quotes and speakers, over ten languages. All events, people and outlets are invented.

In a passage a name stands as `[name]` or `[name=person]`; a bare name is its person where it has two words, else the
person whose name ends with it. After the passage come its quotes in order: how each begins, and who speaks it,
`NOBODY` for speech without a person, `TERM` for a term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.analysis.results import Mention
from reader.text.span import Span

NOBODY, TERM = "", "term"
_NAME = re.compile(r"\[([^\[\]=]+)(?:=([^\[\]=]+))?\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text without its marks, the people named in it, and its quotes: beginning and speaker."""

    language: str
    text: str
    mentions: tuple[Mention, ...]
    quotes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:60]}"


def passage(language: str, marked: str, *quotes: tuple[str, str]) -> Passage:
    """Read a marked passage."""
    parts: list[str] = []
    mentions: list[Mention] = []
    people: list[str] = []
    length = last = 0
    for match in _NAME.finditer(marked):
        name = match[1]
        known = next((person for person in people if person.split()[-1] == name), name)
        person = match[2] or known
        people.append(person)
        parts += [marked[last : match.start()], name]
        length += match.start() - last
        mentions.append(Mention(Span(length, length + len(name)), name, person, 1.0))
        length += len(name)
        last = match.end()
    parts.append(marked[last:])
    return Passage(language, "".join(parts), tuple(mentions), quotes)


PASSAGES = (
    # Romanian
    passage(
        "ro",
        "„Nu semnăm nimic noaptea”, a declarat ministrul apărării, [Horia Mânzatu], la ieșirea din ședință. "
        "„Dimineața citim, apoi vorbim”, a adăugat el.",
        ("Nu semnăm", "Horia Mânzatu"),
        ("Dimineața citim", "Horia Mânzatu"),
    ),
    passage(
        "ro",
        "Potrivit [Lianei Cătunaru=Liana Cătunaru], directoarea spitalului, „stocurile ajung până vineri”. Ministerul "
        "Sănătății a transmis că „nu există motive de îngrijorare”.",
        ("stocurile ajung", "Liana Cătunaru"),
        ("nu există motive", NOBODY),
    ),
    passage(
        "ro",
        "Primarul [Vasile Ghinea] a inaugurat podul. „L-am așteptat nouă ani”, a spus acesta. Un localnic a fost mai "
        "puțin încântat: „Pentru cine, că nu mai stă nimeni pe malul celălalt?”.",
        ("L-am așteptat", "Vasile Ghinea"),
        ("Pentru cine", NOBODY),
    ),
    passage(
        "ro",
        "Premierul [Anton Dorobăț] a spus că guvernul „va plăti fiecare leu”, iar liderul opoziției, [Sanda Hurmuz], a "
        "răspuns că promisiunea „nu valorează nici cât hârtia”.",
        ("va plăti fiecare leu", "Anton Dorobăț"),
        ("nu valorează", "Sanda Hurmuz"),
    ),
    passage(
        "ro",
        "Filmul „Ultima vară la Dobrița” a câștigat premiul „Steaua de Tablă”. Regizoarea [Oana Pintilescu] a "
        "spus: „L-am "
        "filmat în 19 zile”.",
        ("Ultima vară", TERM),
        ("Steaua de Tablă", TERM),
        ("L-am filmat", "Oana Pintilescu"),
    ),
    passage(
        "ro",
        "Întrebat dacă va demisiona, [Petru Ciocan] a răspuns scurt: „Nu.”",
        ("Nu.", "Petru Ciocan"),
    ),
    passage(
        "ro",
        "„Am găsit ușa deschisă și lumina stinsă”, a povestit o vecină. „Nu am atins nimic”, a mai spus aceasta.",
        ("Am găsit ușa", NOBODY),
        ("Nu am atins", NOBODY),
    ),
    passage(
        "ro",
        "Purtătorul de cuvânt al Alianței, [Karl Oberhof], a venit la Brașov. „Exercițiul nu este îndreptat împotriva "
        "nimănui”, a declarat reprezentantul Alianței.",
        ("Exercițiul nu este", "Karl Oberhof"),
    ),
    # Ukrainian
    passage(
        "uk",
        "«Ми не чекали такої зими», — сказав голова громади [Остап Вербицький]. За його словами, «дров вистачить до "
        "березня».",
        ("Ми не чекали", "Остап Вербицький"),
        ("дров вистачить", "Остап Вербицький"),
    ),
    passage(
        "uk",
        'Міністерка освіти [Дарина Колодій] повідомила, що школи «повернуться до очного навчання». "Дати назвемо в '
        "п'ятницю\", - додала вона.",
        ("повернуться до очного", "Дарина Колодій"),
        ("Дати назвемо", "Дарина Колодій"),
    ),
    passage(
        "uk",
        "У поліції заявили, що «обставини з'ясовуються». Очевидці розповідають: «Ми чули два удари».",
        ("обставини з'ясовуються", TERM),
        ("Ми чули два", NOBODY),
    ),
    passage(
        "uk",
        "«Місто вистоїть, — наголосив мер [Юхим Гайовий]. — Але нам потрібні генератори».",
        ("Місто вистоїть", "Юхим Гайовий"),
    ),
    passage(
        "uk",
        "Як зазначив радник [Левка Смереки=Левко Смерека] [Тарас Дзюба], угода «ще не готова до підпису».",
        ("ще не готова", "Тарас Дзюба"),
    ),
    passage(
        "uk",
        "Компанія «Полісся-Ліс» виграла тендер. Кремль назвав це «провокацією».",
        ("Полісся-Ліс", TERM),
        ("провокацією", TERM),
    ),
    passage(
        "uk",
        "Президент Фінляндії [Юкка Ланден] прибув до Луцька. «Я бачив, як ви лагодите мости вночі», — сказав фінський "
        "президент.",
        ("Я бачив", "Юкка Ланден"),
    ),
    # Italian
    passage(
        "it",
        "«Non abbiamo toccato nulla», ha detto il sindaco [Piero Galvagnin]. «E nulla toccheremo», ha poi aggiunto.",
        ("Non abbiamo toccato", "Piero Galvagnin"),
        ("E nulla toccheremo", "Piero Galvagnin"),
    ),
    passage(
        "it",
        "Secondo [Marta Bonvicini], presidente dell’associazione, «il porto è pieno da mesi». La Capitaneria "
        "replica che "
        "«i numeri sono sotto controllo».",
        ("il porto è pieno", "Marta Bonvicini"),
        ("i numeri sono", NOBODY),
    ),
    passage(
        "it",
        "La ministra [Giulia Raspanti] è arrivata a Trieste. “Qui si parla di lavoro, non di slogan”, ha spiegato la "
        "ministra ai cronisti.",
        ("Qui si parla", "Giulia Raspanti"),
    ),
    passage(
        "it",
        "“Era buio e pioveva”, racconta un testimone. “Poi ho sentito un botto”, aggiunge.",
        ("Era buio", NOBODY),
        ("Poi ho sentito", NOBODY),
    ),
    passage(
        "it",
        "[Sandro Miceli], che guida il consorzio dal 2015, ha ribadito che «il vino non si difende con i dazi».",
        ("il vino non si", "Sandro Miceli"),
    ),
    passage(
        "it",
        "Nel romanzo «La casa senza scale» [Elvira Donà] torna a Chioggia. Il libro, dice [Donà], «è nato da una "
        "lettera».",
        ("La casa senza scale", TERM),
        ("è nato da una", "Elvira Donà"),
    ),
    passage(
        "it",
        "[Tullio Bressan]: «Il ponte riapre a marzo»\nIl commissario ha presentato il cronoprogramma.",
        ("Il ponte riapre", "Tullio Bressan"),
    ),
    passage(
        "it",
        "[Dora Ceschin] ha sentito anche il custode [Aldo Prandi], che respinge ogni accusa: «Quella notte non c’ero».",
        ("Quella notte", "Aldo Prandi"),
    ),
    # Bulgarian
    passage(
        "bg",
        "„Няма да се откажем от моста“, заяви кметът [Стамен Делирадев]. По думите му „парите вече са осигурени“.",
        ("Няма да се откажем", "Стамен Делирадев"),
        ("парите вече са", "Стамен Делирадев"),
    ),
    passage(
        "bg",
        "Министърът на транспорта [Огнян Кривошиев] съобщи, че влакът „ще тръгне през юни“. От БДЖ отказаха коментар.",
        ("ще тръгне през", "Огнян Кривошиев"),
    ),
    passage(
        "bg",
        '"Това беше най-дългата нощ", разказа [Радка Зънзова]. "Децата спаха в автобуса", допълни тя.',
        ("Това беше най", "Радка Зънзова"),
        ("Децата спаха", "Радка Зънзова"),
    ),
    passage(
        "bg",
        "От прокуратурата заявиха, че „разследването продължава“.",
        ("разследването продължава", TERM),
    ),
    passage(
        "bg",
        "Според [Людмил Чернаев], председател на съюза, „реколтата е с една трета по-малка“.",
        ("реколтата е с", "Людмил Чернаев"),
    ),
    passage(
        "bg",
        "Във вторник [Деян Папазчев] каза пред репортери: „Договорът не е подписан и няма да бъде“.",
        ("Договорът не е", "Деян Папазчев"),
    ),
    # Russian
    passage(
        "ru",
        "«Мы готовы к переговорам», — заявил губернатор [Пётр Лукошкин]. «Но не любой ценой», — добавил он.",
        ("Мы готовы", "Пётр Лукошкин"),
        ("Но не любой", "Пётр Лукошкин"),
    ),
    passage(
        "ru",
        "По словам [Анны Берёзкиной=Анна Берёзкина], выставка «собрала вдвое больше зрителей, чем ожидалось».",
        ("собрала вдвое", "Анна Берёзкина"),
    ),
    passage(
        "ru",
        "«Я не считаю это ошибкой, — сказал тренер [Игнат Шапошников]. — Мы просто играли хуже».",
        ("Я не считаю", "Игнат Шапошников"),
    ),
    passage(
        "ru",
        "В компании сообщили, что авария «не повлияла на поставки газа».",
        ("не повлияла на", NOBODY),
    ),
    passage(
        "ru",
        "Газета «Озёрный край» пишет, что мост закроют. Министр [Савва Колчин] это отрицает: «Никто мост закрывать не "
        "собирается».",
        ("Озёрный край", TERM),
        ("Никто мост", "Савва Колчин"),
    ),
    passage(
        "ru",
        "— Когда откроют переправу? — спросил корреспондент.\n— Как только уйдёт лёд, — ответил [Егор Панфилов].",
        ("Когда откроют", NOBODY),
        ("Как только уйдёт", "Егор Панфилов"),
    ),
    # English
    passage(
        "en",
        "“We will not be rushed,” said the defence secretary, [Rowan Ashcombe]. “Nor will we be late,” he added.",
        ("We will not be", "Rowan Ashcombe"),
        ("Nor will we", "Rowan Ashcombe"),
    ),
    passage(
        "en",
        "According to [Imelda Farrow], who runs the shelter, “nobody slept and nobody complained”.",
        ("nobody slept", "Imelda Farrow"),
    ),
    passage(
        "en",
        "[Tobias Hale] told reporters that the plan was “dead on arrival in the upper house”. A spokesman for "
        "the ministry "
        "said that “consultations go on”.",
        ("dead on arrival", "Tobias Hale"),
        ("consultations go on", TERM),
    ),
    passage(
        "en",
        "The company said in a statement: “We regret the delay and thank our customers.”",
        ("We regret the delay", NOBODY),
    ),
    passage(
        "en",
        "'I don't know the boys' names,' said [Gwen Tarrant], the headteacher. 'It's not my job.'",
        ("I don't know", "Gwen Tarrant"),
        ("It's not my", "Gwen Tarrant"),
    ),
    passage(
        "en",
        'The film "Harbour Lights" opens on Friday. [Priya Vance], its director, calls it “a love letter to bad '
        "weather”.",
        ("Harbour Lights", TERM),
        ("a love letter", "Priya Vance"),
    ),
    passage(
        "en",
        "“I have read every page,” Mr [Amos Ledger] said on Monday.\n\n“I have signed none.”",
        ("I have read", "Amos Ledger"),
        ("I have signed", "Amos Ledger"),
    ),
    # Spanish
    passage(
        "es",
        "«No vamos a cerrar ninguna línea», aseguró la consejera [Amparo Villacorta]. «Ni hoy ni mañana», añadió.",
        ("No vamos a cerrar", "Amparo Villacorta"),
        ("Ni hoy ni mañana", "Amparo Villacorta"),
    ),
    passage(
        "es",
        "Según [Lisardo Quiñones], portavoz de los vecinos, «el ruido empieza a las cinco». Fuentes municipales "
        "sostienen "
        "que “las obras acabarán en mayo”.",
        ("el ruido empieza", "Lisardo Quiñones"),
        ("las obras acabarán", NOBODY),
    ),
    passage(
        "es",
        "El presidente [Norberto Aldana] viajó a la costa. “Volveremos a levantar cada casa”, prometió el presidente.",
        ("Volveremos a", "Norberto Aldana"),
    ),
    passage(
        "es",
        "—¿Y ahora qué? —preguntó [Elisa Montoro].\n—Ahora esperamos —respondió [Bruno Santacana].",
        ("¿Y ahora qué?", "Elisa Montoro"),
        ("Ahora esperamos", "Bruno Santacana"),
    ),
    passage(
        "es",
        "La empresa calificó la huelga de “desproporcionada”. [Jacinta Robledo] respondió: “Desproporcionado es "
        "el horario”.",
        ("desproporcionada", TERM),
        ("Desproporcionado es", "Jacinta Robledo"),
    ),
    # French
    passage(
        "fr",
        "« Nous ne signerons pas », a déclaré le ministre [Lucien Vaubernier]. « Pas sans garanties », a-t-il ajouté.",
        ("Nous ne signerons", "Lucien Vaubernier"),
        ("Pas sans garanties", "Lucien Vaubernier"),
    ),
    passage(
        "fr",
        "Selon [Mathilde Roquebrun], maire de la commune, « la digue a tenu par miracle ».",
        ("la digue a tenu", "Mathilde Roquebrun"),
    ),
    passage(
        "fr",
        "La préfecture indique que « la circulation reste interdite ». Un riverain soupire : « On nous l’a dit "
        "trop tard. »",
        ("la circulation reste", NOBODY),
        ("On nous l’a dit", NOBODY),
    ),
    passage(
        "fr",
        "« C’est une victoire d’équipe », estime [Hugo Delmarcelle], capitaine des Verts.",
        ("C’est une victoire", "Hugo Delmarcelle"),
    ),
    passage(
        "fr",
        "[Solène Kerbrat] publie le roman « Les Heures basses ». « J’écris comme on rame », dit l’autrice.",
        ("Les Heures basses", TERM),
        ("J’écris comme on", "Solène Kerbrat"),
    ),
    # German
    passage(
        "de",
        "„Wir haben keine Eile“, sagte Innenminister [Falk Reuterswald]. „Aber einen Plan“, fügte er hinzu.",
        ("Wir haben keine", "Falk Reuterswald"),
        ("Aber einen Plan", "Falk Reuterswald"),
    ),
    passage(
        "de",
        "Laut [Britta Mohnhaupt], Leiterin der Klinik, sei die Lage „angespannt, aber beherrschbar“.",
        ("angespannt, aber", TERM),
    ),
    passage(
        "de",
        "»Das Wasser kam in der Nacht«, erzählt [Jörn Petersdorf]. Ein Sprecher der Polizei erklärte: »Die "
        "Straße bleibt "
        "bis Montag gesperrt«.",
        ("Das Wasser kam", "Jörn Petersdorf"),
        ("Die Straße bleibt", NOBODY),
    ),
    passage(
        "de",
        "Die Opposition sprach von einer „Blamage“. [Edda Winkelried] wies das zurück: „Wir haben geliefert, was "
        "bestellt war.“",
        ("Blamage", TERM),
        ("Wir haben geliefert", "Edda Winkelried"),
    ),
    passage(
        "de",
        "„Das Ergebnis“, so [Rainer Zollfeld], „überrascht niemanden im Haus.“",
        ("Das Ergebnis", "Rainer Zollfeld"),
        ("überrascht niemanden", "Rainer Zollfeld"),
    ),
    # Polish
    passage(
        "pl",
        "„Nie wycofamy się z projektu” – zapowiedział minister [Zbigniew Kruszyński]. „To decyzja rządu” – dodał.",
        ("Nie wycofamy się", "Zbigniew Kruszyński"),
        ("To decyzja rządu", "Zbigniew Kruszyński"),
    ),
    passage(
        "pl",
        "Według [Teresy Wolańskiej=Teresa Wolańska], szefowej instytutu, „zima będzie krótka i mokra”.",
        ("zima będzie", "Teresa Wolańska"),
    ),
    passage(
        "pl",
        "– Nie było czasu na strach – powiedziała [Jagoda Sobolewska]. – Trzeba było wynieść dzieci.",
        ("Nie było czasu", "Jagoda Sobolewska"),
        ("Trzeba było", "Jagoda Sobolewska"),
    ),
    passage(
        "pl",
        "Policja poinformowała, że „kierowca był trzeźwy”. Film „Mgła nad Sanem” wejdzie do kin jesienią.",
        ("kierowca był trzeźwy", TERM),
        ("Mgła nad Sanem", TERM),
    ),
    passage(
        "pl",
        "[Hubert Małecki] powiedział, że umowa „nie jest warta papieru, na którym ją spisano”.",
        ("nie jest warta", "Hubert Małecki"),
    ),
    # courts, parliaments, sport, tabloids, wire copy
    passage(
        "ro",
        "Judecătoarea [Smaranda Voiculeț] a respins cererea. „Instanța nu negociază”, a motivat magistrata. Avocatul"
        " inculpatului, [Petru Ghindaru], consideră soluția „o rușine”. „Vom face apel”, a anunțat acesta.",
        ("Instanța nu", "Smaranda Voiculeț"),
        ("o rușine", TERM),
        ("Vom face apel", "Petru Ghindaru"),
    ),
    passage(
        "ro",
        "Ministrul Muncii, [Virgil Câmpeanu]: „Pensiile cresc”. Replica opoziției: „Cu doi lei!”",
        ("Pensiile cresc", "Virgil Câmpeanu"),
        ("Cu doi lei", NOBODY),
    ),
    passage(
        "ro",
        "Mama copilului, disperată: „Vreau dreptate”. Primarul [Nicu Ciontescu] nu a răspuns la telefon.",
        ("Vreau dreptate", NOBODY),
    ),
    passage(
        "uk",
        "Депутатка [Оксана Тимчук] запитала прем’єра: «Де гроші?» Той відповів: «Працюємо». За словами [Тимчук],"
        " «відповіді немає вже рік».",
        ("Де гроші", "Оксана Тимчук"),
        ("Працюємо", NOBODY),
        ("відповіді немає", "Оксана Тимчук"),
    ),
    passage(
        "uk",
        "Рятувальник розповів: «Чули стукіт». Його колега [Семен Гайда] уточнив, що «дівчинку дістали за три години».",
        ("Чули стукіт", NOBODY),
        ("дівчинку дістали", "Семен Гайда"),
    ),
    passage(
        "it",
        "Il procuratore [Attilio Ferramosca] ha chiesto sei anni. «È un processo politico», ha replicato l’avvocato"
        " [Delia Santarcangelo], difensore dell’imputato.",
        ("È un processo", "Delia Santarcangelo"),
    ),
    passage(
        "bg",
        "Кметът на Лом [Борян Цветанов] коментира за вестника: „Пари няма“. Негов заместник обясни, че"
        " „бюджетът е орязан докрай“. „Ще търсим решение“, обеща [Цветанов].",
        ("Пари няма", "Борян Цветанов"),
        ("бюджетът", NOBODY),
        ("Ще търсим", "Борян Цветанов"),
    ),
    passage(
        "ru",
        "Губернатор [Марат Сабиров] назвал слухи чепухой. «Я никуда не ухожу», — отрезал он. Тот же политолог"
        " [Инна Верещак] считает иначе: «Отставка — вопрос недель».",
        ("Я никуда", "Марат Сабиров"),
        ("Отставка", "Инна Верещак"),
    ),
    passage(
        "en",
        "“He was like a brother,” sobbed [Kayleigh Truscott], 24. A police spokeswoman said:"
        " “Inquiries are continuing.”",
        ("He was like", "Kayleigh Truscott"),
        ("Inquiries", NOBODY),
    ),
    passage(
        "en",
        "President [Tomas Greblys] warned that “winter will be long”. His Polish counterpart, [Leszek Wrona], agreed."
        " “It will be very long,” he said.",
        ("winter will", "Tomas Greblys"),
        ("It will be", "Leszek Wrona"),
    ),
    passage(
        "es",
        "El Gobierno asegura que «no hay ninguna alternativa». «Mentira», replicó en el hemiciclo [Maite Olabarri].",
        ("no hay ninguna", NOBODY),
        ("Mentira", "Maite Olabarri"),
    ),
    passage(
        "fr",
        "Selon le procureur [Ludovic Harel], « les faits sont établis ». Son avocate, Me [Coralie Brissaud], dénonce"
        " « un acharnement judiciaire insupportable ».",
        ("les faits", "Ludovic Harel"),
        ("un acharnement", "Coralie Brissaud"),
    ),
    passage(
        "de",
        "„Das war Notwehr“, sagte der Angeklagte vor dem Landgericht. Richterin [Ottilie Brandhuber] mahnte:"
        " „Bleiben Sie bei der Wahrheit.“",
        ("Das war", NOBODY),
        ("Bleiben Sie", "Ottilie Brandhuber"),
    ),
    passage(
        "pl",
        "„Proszę o ciszę na sali obrad”, apelowała marszałek Sejmu [Halina Dworakowa]. Kapitan [Adam Solecki]:"
        " „Wierzymy w utrzymanie”.",
        ("Proszę o", "Halina Dworakowa"),
        ("Wierzymy", "Adam Solecki"),
    ),
    # no reporting verb, or none that a file could know
    passage(
        "ro",
        "Pentru primarul [Vasile Răchită], soluția e simplă: „Banii există”. Consilierul [Mihai Orza] îl contrazice:"
        " „Nu sunt nici bani, nici voință”.",
        ("Banii există", "Vasile Răchită"),
        ("Nu sunt", "Mihai Orza"),
    ),
    passage(
        "it",
        "«La città è in ginocchio», allarga le braccia il sindaco [Nevio Tardelli]. Poi però, più serio: «Ci sarà da"
        " lavorare».",
        ("La città", "Nevio Tardelli"),
        ("Ci sarà", "Nevio Tardelli"),
    ),
    passage(
        "en",
        "For Mayor [Stella Quist] the lesson is clear: “We need the wall before winter.”",
        ("We need", "Stella Quist"),
    ),
)
