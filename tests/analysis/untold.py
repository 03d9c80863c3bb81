"""Passages whose cues no language file holds: verbs and roles beyond the lists. All people and events are invented."""

from tests.analysis.passages import NOBODY, TERM, passage

UNTOLD = (
    # Romanian
    passage(
        "ro",
        "„Nu mai avem unde să-i ducem”, se plânge [Dorel Pascu], administratorul adăpostului. Bărbatul "
        "spune că „primăria nu răspunde la telefon”.",
        ("Nu", "Dorel Pascu"),
        ("primăria", "Dorel Pascu"),
    ),
    passage(
        "ro",
        "[Ana Moraru] zâmbește când vine vorba de premiu. „L-am pus pe frigider”, mărturisește ea. "
        "Profesoara predă de 30 de ani. „Copiii sunt premiul.”",
        ("L-am", "Ana Moraru"),
        ("Copiii", "Ana Moraru"),
    ),
    passage(
        "ro",
        "Reacția lui [Sorin Tudose] nu s-a lăsat așteptată: „Este o minciună de la cap la coadă.”",
        ("Este", "Sorin Tudose"),
    ),
    passage(
        "ro",
        "„Am pierdut tot ce aveam”, ne-a spus cu lacrimi în ochi [Floarea Neagu].",
        ("Am", "Floarea Neagu"),
    ),
    passage(
        "ro",
        "Potrivit șefului ISU, colonelul [Radu Iftode], „focul a fost lichidat spre dimineață”.",
        ("focul", "Radu Iftode"),
    ),
    passage(
        "ro",
        "În replică, fostul ministru [Ion Barbu] i-a transmis că „istoria îi va judeca pe toți”.",
        ("istoria", "Ion Barbu"),
    ),
    passage(
        "ro",
        "Decizia a fost catalogată de [Dan Pavel] drept „o palmă dată orașului întreg”.",
        ("o palmă", "Dan Pavel"),
    ),
    passage(
        "ro",
        "Întrebată despre buget, [Irina Dobre] a ridicat din umeri: „Întrebați-l pe ministru.” Consilierul "
        "ei, [Radu Lupu], a completat: „Cifrele vin luni dimineață.”",
        ("Întrebați", "Irina Dobre"),
        ("Cifrele", "Radu Lupu"),
    ),
    # Ukrainian
    passage(
        "uk",
        "«Ми просто хотіли жити», — каже [Галина Бойчук]. Жінка втратила дім у березні. «Залишилися тільки "
        "стіни», — зітхає вона.",
        ("Ми", "Галина Бойчук"),
        ("Залишилися", "Галина Бойчук"),
    ),
    passage(
        "uk",
        "Тренер [Роман Дячук] не приховує розчарування: «Так грати не можна». За словами наставника, "
        "«команда забула про дисципліну».",
        ("Так", "Роман Дячук"),
        ("команда", "Роман Дячук"),
    ),
    passage(
        "uk",
        "На думку економістки [Ольги Марченко=Ольга Марченко], «курс триматиметься до літа». Експертка "
        "нагадала, що «резерви достатні для цього».",
        ("курс", "Ольга Марченко"),
        ("резерви", "Ольга Марченко"),
    ),
    passage(
        "uk",
        "«Рішення ухвалено, крапка», — відрізав [Степан Гук]. Його заступник [Олег Рись] був м'якшим: «Ми "
        "ще поговоримо».",
        ("Рішення", "Степан Гук"),
        ("Ми ще", "Олег Рись"),
    ),
    passage(
        "uk",
        "Рішення суду адвокат [Павло Гнатюк] назвав «ганебною сторінкою в історії міста». Захисник подасть "
        "апеляцію. «Ми дійдемо до Страсбурга», — пообіцяв він.",
        ("ганебною", "Павло Гнатюк"),
        ("Ми дійдемо", "Павло Гнатюк"),
    ),
    passage(
        "uk",
        "«Діти вчаться в укритті», — пояснює директорка школи [Леся Кравець] і показує на двері. За її "
        "словами, «місця вистачає лише на одну зміну».",
        ("Діти", "Леся Кравець"),
        ("місця", "Леся Кравець"),
    ),
    # Italian
    passage(
        "it",
        "«Non ci fermeremo qui», promette [Sara Bini], 34 anni, fondatrice dell’associazione. «Andremo fino a Roma».",
        ("Non", "Sara Bini"),
        ("Andremo", "Sara Bini"),
    ),
    passage(
        "it",
        "«Mi hanno lasciato solo», si sfoga [Luca Dotti]. «Neanche una telefonata».",
        ("Mi", "Luca Dotti"),
        ("Neanche", TERM),
    ),
    passage(
        "it",
        "Di parere opposto [Carla Neri], assessora al bilancio: «I conti tornano eccome».",
        ("I conti", "Carla Neri"),
    ),
    passage(
        "it",
        "A [Dino Salvi] la notizia è arrivata per telefono. «Ho pensato a uno scherzo», ammette il "
        "pensionato. Poi ride: «E invece era tutto vero».",
        ("Ho", "Dino Salvi"),
        ("E invece", "Dino Salvi"),
    ),
    passage(
        "it",
        "«Il ponte si può salvare», secondo [Elio Greco], ingegnere. Ma la ditta, aggiunge, «deve muoversi "
        "entro marzo».",
        ("Il ponte", "Elio Greco"),
        ("deve", "Elio Greco"),
    ),
    passage(
        "it",
        "«Siamo stanchi delle promesse», le parole di [Rosa Tani] a fine corteo.",
        ("Siamo", "Rosa Tani"),
    ),
    passage(
        "it",
        "La scelta è stata definita da [Ugo Neri] «un regalo ai soliti noti del porto».",
        ("un regalo", "Ugo Neri"),
    ),
    passage(
        "it",
        "«Non me l’aspettavo davvero», racconta emozionata [Lia Costa] dal palco. La cantautrice, 27 anni, "
        "ringrazia la nonna: «È stata lei a comprarmi la chitarra».",
        ("Non me", "Lia Costa"),
        ("È stata", "Lia Costa"),
    ),
    # Bulgarian
    passage(
        "bg",
        "„Няма да отстъпим“, закани се [Петър Велев]. Синдикалистът обвини министъра, че „лъже хората в очите“.",
        ("Няма", "Петър Велев"),
        ("лъже", "Петър Велев"),
    ),
    passage(
        "bg",
        "„Чудо е, че сме живи“, не крие [Мария Динева]. Жената е прекарала нощта на покрива. „Водата дойде "
        "за минути“, разказва тя.",
        ("Чудо", "Мария Динева"),
        ("Водата", "Мария Динева"),
    ),
    passage(
        "bg",
        "„Не сме крили нищо“, каза пред местното радио [Петър Велев]. „Документите са на сайта“, допълни още той.",
        ("Не", "Петър Велев"),
        ("Документите", "Петър Велев"),
    ),
    passage(
        "bg",
        "„Това е краят на играта“, заяви от трибуната депутатът [Иван Стоев]. На въпрос дали ще гласува, "
        "[Стоев] отговори: „Ще видите утре“.",
        ("Това", "Иван Стоев"),
        ("Ще", "Иван Стоев"),
    ),
    passage(
        "bg",
        "Директорката на музея [Росица Кънева] бе категорична: „Няма да връщаме нищо“. По думите ѝ "
        "находките „са купени законно и с документи“.",
        ("Няма", "Росица Кънева"),
        ("са купени", "Росица Кънева"),
    ),
    passage(
        "bg",
        "[Велин Дончев] нарече решението „подигравка с хората от квартала“. Архитектът е автор на първия "
        "проект. „Никой не ме попита“, оплака се той.",
        ("подигравка", "Велин Дончев"),
        ("Никой", "Велин Дончев"),
    ),
    passage(
        "bg",
        "– Не знам какво да кажа – вдига рамене [Стефка Петрова]. – Чакаме трета година.",
        ("Не знам", "Стефка Петрова"),
        ("Чакаме", "Стефка Петрова"),
    ),
    passage(
        "bg",
        "От министерството съобщиха, че „няма опасност за населението“. Според еколога [Тодор Михов] обаче "
        "„водата не става за пиене“.",
        ("няма опасност", NOBODY),
        ("водата", "Тодор Михов"),
    ),
    passage(
        "bg",
        "„Аз съм невинен“, отсече пред съда 45-годишният [Румен Савов]. Адвокатката му [Даниела Илиева] "
        "поиска гаранция. „Клиентът ми няма да избяга“, увери тя съдиите.",
        ("Аз съм", "Румен Савов"),
        ("Клиентът", "Даниела Илиева"),
    ),
    passage(
        "bg",
        "„Победихме себе си“, усмихна се след финала капитанът [Калоян Митев]. Треньорът му беше "
        "по-сдържан. „Имаме още работа“, обобщи [Асен Бориков].",
        ("Победихме", "Калоян Митев"),
        ("Имаме", "Асен Бориков"),
    ),
    # Russian
    passage(
        "ru",
        "«Мы не торопимся», — бросил журналистам [Егор Лапин]. Депутат добавил, что «время работает на нас всех».",
        ("Мы", "Егор Лапин"),
        ("время", "Егор Лапин"),
    ),
    passage(
        "ru",
        "«Это мой последний сезон», — объявила о решении [Вера Жук]. 31-летняя спортсменка уйдёт весной. "
        "«Хочу пожить для себя», — объяснила она.",
        ("Это", "Вера Жук"),
        ("Хочу", "Вера Жук"),
    ),
    passage(
        "ru",
        "По мнению историка [Льва Саенко=Лев Саенко], «архив вывезли ещё до войны». Учёный уверен: «Его можно найти».",
        ("архив", "Лев Саенко"),
        ("Его", "Лев Саенко"),
    ),
    passage(
        "ru",
        "«Мы ждали этого девять лет», — не скрывает слёз [Анна Белова]. Рядом стоит её муж [Олег "
        "Белов=Олег Белов]. «Теперь хоть крыша есть», — говорит он.",
        ("Мы ждали", "Анна Белова"),
        ("Теперь", "Олег Белов"),
    ),
    passage(
        "ru",
        "Губернатор [Игорь Крайнов] на вопрос о сроках ответил уклончиво: «Когда растает снег, тогда и "
        "начнём». В правительстве уточнили, что «деньги уже выделены полностью».",
        ("Когда", "Игорь Крайнов"),
        ("деньги", NOBODY),
    ),
    # English
    passage(
        "en",
        "“We were never told,” fumes [Dora Plint], 71. “Not one letter.” The retired teacher has lived "
        "there since 1980.",
        ("We", "Dora Plint"),
        ("Not", "Dora Plint"),
    ),
    passage(
        "en",
        "For [Sam Okoro], the verdict came too late. “My brother is still dead,” the 33-year-old said outside court.",
        ("My", "Sam Okoro"),
    ),
    passage(
        "en",
        "Mayor [Lena Frost] was blunt. “There is no money,” she said. “There never was.” Asked about "
        "reserves, the mayor laughed: “What reserves would those be?”",
        ("There", "Lena Frost"),
        ("There never", "Lena Frost"),
        ("What", "Lena Frost"),
    ),
    passage(
        "en",
        "“It beggars belief,” was how [Tom Reeve] put it.",
        ("It", TERM),
    ),
    passage(
        "en",
        "Writing on her blog, [Ada Quill] said the plan was “a slap in the face for tenants”. The "
        "spokesman for the firm, [Ned Pyke], called that “wide of the mark, frankly”.",
        ("a slap", "Ada Quill"),
        ("wide", "Ned Pyke"),
    ),
    passage(
        "en",
        "Speaking outside court, Ms [Ellen Doyle] said: “This has gone on far too long.” Her husband, [Tom "
        "Doyle=Tom Doyle], nodded. “We just want our house back,” he said.",
        ("This", "Ellen Doyle"),
        ("We just", "Tom Doyle"),
    ),
    passage(
        "en",
        "“We are over the moon,” says co-founder [Amy Birch], who set up the firm in a shed. “Nobody "
        "believed us at first.”",
        ("We", "Amy Birch"),
        ("Nobody", "Amy Birch"),
    ),
    passage(
        "en",
        "In a statement, [Ellen Doyle] said the decision was “a disgrace to the whole city”, adding: “We "
        "will appeal it.”",
        ("a disgrace", "Ellen Doyle"),
        ("We will", "Ellen Doyle"),
    ),
    passage(
        "en",
        "“They lied to all of us,” said a tearful [Ellen Doyle]. The mother of two has waited for nine "
        "years. “I have nothing left to sell,” the pensioner added.",
        ("They", "Ellen Doyle"),
        ("I have", "Ellen Doyle"),
    ),
    passage(
        "en",
        "Detective Inspector [Carla Hume], of Kent Police, said: “We are treating it as arson.” She added: "
        "“Anyone with footage should call us.”",
        ("We are", "Carla Hume"),
        ("Anyone", "Carla Hume"),
    ),
    passage(
        "en",
        "Council leader [Joe Birch] hit back: “The books are open to everyone.” But critics say the "
        "accounts “raise more questions than answers”.",
        ("The books", "Joe Birch"),
        ("raise", NOBODY),
    ),
    passage(
        "en",
        "What happened next, [Ellen Doyle] says, “was like a film with no sound”.",
        ("was like", "Ellen Doyle"),
    ),
    passage(
        "en",
        "That, argues [Joe Birch], is “exactly what the law was meant to stop”. The Labour MP wants a vote "
        "in June. “Let them look us in the eye,” he told the Commons.",
        ("exactly", "Joe Birch"),
        ("Let", "Joe Birch"),
    ),
    passage(
        "en",
        "A spokesman for the mayor said “no decision has been taken yet”. [Amy Birch] was unimpressed. "
        "“They always say that to us,” she said.",
        ("no decision", NOBODY),
        ("They always", "Amy Birch"),
    ),
    passage(
        "en",
        "Not everyone is happy. “It is far too loud at night,” complains resident [Ann Poole], pointing at the stage.",
        ("It is", "Ann Poole"),
    ),
    passage(
        "en",
        "[Ann Poole]’s verdict was short: “Never again in my lifetime.”",
        ("Never", "Ann Poole"),
    ),
    # Spanish
    passage(
        "es",
        "«Aquí no se rinde nadie», arengó [Paco Leiva] a los suyos. El delantero, autor de dos goles, fue "
        "más allá: «Vamos a ganar la liga».",
        ("Aquí", "Paco Leiva"),
        ("Vamos", "Paco Leiva"),
    ),
    passage(
        "es",
        "“No vamos a tolerarlo más”, le espetó [Nuria Sanz] al consejero. Este, [Ramón Gil], se limitó a "
        "contestar que “todo se andará, señora”.",
        ("No vamos", "Nuria Sanz"),
        ("todo se", "Ramón Gil"),
    ),
    passage(
        "es",
        "La escritora [Elsa Mora] presentó ayer su novela. “Tardé nueve años en escribirla”, contó ante un "
        "público entregado. “Y casi la quemo”.",
        ("Tardé", "Elsa Mora"),
        ("Y casi", "Elsa Mora"),
    ),
    passage(
        "es",
        "“El agua llegó a la cintura”, relata emocionado [Julio Prat], vecino del barrio. Su mujer, [Marta "
        "Oller], asiente. “Lo perdimos todo en una hora”, musita.",
        ("El agua", "Julio Prat"),
        ("Lo perdimos", "Marta Oller"),
    ),
    passage(
        "es",
        "La decisión fue calificada por [Luis Mena] de «auténtico disparate jurídico».",
        ("auténtico", TERM),
    ),
    passage(
        "es",
        "Quien no se calla es [Rosa Galán]: «A mí no me echan de mi casa». La vecina del tercero lleva "
        "diez años de pleitos. «Tengo todos los papeles», insiste.",
        ("A mí", "Rosa Galán"),
        ("Tengo", "Rosa Galán"),
    ),
    passage(
        "es",
        "El entrenador, [Pepe Roca], admitió tras el partido que su equipo «no estuvo a la altura de las "
        "circunstancias». «Pido perdón a la afición», añadió el técnico catalán.",
        ("no estuvo", "Pepe Roca"),
        ("Pido", "Pepe Roca"),
    ),
    passage(
        "es",
        "«No me arrepiento de nada», dijo ante el juez el acusado, [Iker Soto], antes de que la sala "
        "quedara en silencio.",
        ("No me", "Iker Soto"),
    ),
    # French
    passage(
        "fr",
        "« On nous prend pour des imbéciles », s’emporte [Lucie Morvan], infirmière à Brest. Et la "
        "soignante d’ajouter : « Cela ne peut plus durer ainsi. »",
        ("On", "Lucie Morvan"),
        ("Cela", "Lucie Morvan"),
    ),
    passage(
        "fr",
        "Pour [Gilles Tardy], pas question de céder : « Nous irons jusqu’au bout. » L’élu écologiste y "
        "voit « une question de principe et de justice ».",
        ("Nous", "Gilles Tardy"),
        ("une question", "Gilles Tardy"),
    ),
    passage(
        "fr",
        "« J’ai cru mourir », témoigne encore tremblante [Nadia Belkacem]. La quadragénaire a passé la "
        "nuit sur un toit. « Personne n’est venu. »",
        ("J’ai", "Nadia Belkacem"),
        ("Personne", TERM),
    ),
    passage(
        "fr",
        "Interrogé par nos soins, le maire [Yves Caron] botte en touche : « Posez la question au préfet. »",
        ("Posez", "Yves Caron"),
    ),
    passage(
        "fr",
        "La mesure a été qualifiée par [Luc Armand] de « rustine sur une jambe de bois ».",
        ("rustine", "Luc Armand"),
    ),
    passage(
        "fr",
        "« Je n’ai rien à cacher », a martelé à la barre [Denis Roux]. Son avocate, Me [Julie Blanc], a "
        "dénoncé « une instruction menée à charge et à la hâte ».",
        ("Je n’ai", "Denis Roux"),
        ("une instruction", "Julie Blanc"),
    ),
    passage(
        "fr",
        "Du côté de [Paul Mercier], on se veut rassurant. « Il n’y aura aucun licenciement », promet le "
        "patron de l’usine.",
        ("Il n’y", "Paul Mercier"),
    ),
    # German
    passage(
        "de",
        "„Das reicht uns nicht“, so [Karin Ahlers] im Gespräch mit unserer Zeitung. „Wir brauchen mehr "
        "Platz.“ Die 54-Jährige leitet das Heim seit 2010.",
        ("Das", "Karin Ahlers"),
        ("Wir", "Karin Ahlers"),
    ),
    passage(
        "de",
        "Für [Jens Pohl] ist die Sache klar: „Wer zahlt, bestimmt auch.“ Der Bauer aus Hennstedt will "
        "klagen. „Ich gehe bis zur letzten Instanz“, kündigt der 61-Jährige an.",
        ("Wer", "Jens Pohl"),
        ("Ich", "Jens Pohl"),
    ),
    passage(
        "de",
        "„Wir haben geschlafen“, räumte Verkehrsminister [Ulf Brand] ein. Man habe, so der Minister "
        "weiter, „zu lange auf Sicht gefahren“.",
        ("Wir", "Ulf Brand"),
        ("zu lange", "Ulf Brand"),
    ),
    passage(
        "de",
        "Trainerin [Silke Voss] war nach dem Spiel bedient. „So darf man hier nicht auftreten“, schimpfte "
        "sie. „Das war gar nichts.“",
        ("So", "Silke Voss"),
        ("Das", "Silke Voss"),
    ),
    passage(
        "de",
        "„Ich hatte einfach Glück“, strahlte Siegerin [Mia Tenbrock] hinterher.",
        ("Ich", "Mia Tenbrock"),
    ),
    passage(
        "de",
        "Laut Polizeisprecherin [Ines Hartig] ist „niemand verletzt worden“. Der Fahrer sei geflüchtet, "
        "„vermutlich zu Fuß in den Wald“, wie [Hartig] mitteilte.",
        ("niemand verletzt", TERM),
        ("vermutlich", "Ines Hartig"),
    ),
    passage(
        "de",
        "Bürgermeister [Otto Kühn] (CDU) sieht das anders: „Der Haushalt gibt das nicht her.“ Es gehe, "
        "betonte [Kühn], „nicht um Schuld, sondern um Zahlen“.",
        ("Der Haushalt", "Otto Kühn"),
        ("nicht um", "Otto Kühn"),
    ),
    passage(
        "de",
        "Die Angeklagte [Renate Wiebe] schwieg lange. Dann sagte sie leise: „Ich habe ihn geliebt.“ Ihr "
        "Verteidiger [Lars Odenthal] hatte zuvor auf Freispruch plädiert. „Es gibt keinen einzigen "
        "Beweis“, sagte der Jurist.",
        ("Ich habe", "Renate Wiebe"),
        ("Es gibt", "Lars Odenthal"),
    ),
    passage(
        "de",
        "[Helga Stromer] zufolge ist „die Brücke seit Jahren marode“.",
        ("die Brücke", "Helga Stromer"),
    ),
    passage(
        "de",
        "Dass der Wolf bleibt, hält [Gerd Mohr] für ausgemacht. „Der geht nicht mehr weg“, meint der "
        "Schäfer und zeigt auf den Zaun. „Den kann er überspringen, wenn er will.“",
        ("Der geht", "Gerd Mohr"),
        ("Den", "Gerd Mohr"),
    ),
    passage(
        "de",
        "Ein Sprecher des Ministeriums teilte mit, man prüfe „alle rechtlichen Schritte sehr genau“.",
        ("alle", NOBODY),
    ),
    # Polish
    passage(
        "pl",
        "– Nie mamy planu B – przyznaje [Marek Zaręba], wójt gminy. – I nie będziemy go mieć.",
        ("Nie mamy", "Marek Zaręba"),
        ("I nie", "Marek Zaręba"),
    ),
    passage(
        "pl",
        "Wójt [Marek Zaręba] rozkłada ręce: „Pieniędzy nie ma i nie będzie”. Jak dodaje samorządowiec, "
        "„budżet jest już po korekcie”.",
        ("Pieniędzy", "Marek Zaręba"),
        ("budżet jest", "Marek Zaręba"),
    ),
    passage(
        "pl",
        "„To był najlepszy mecz w mojej karierze” – cieszyła się po finale [Alicja Krysiak]. „Jeszcze w to "
        "nie wierzę” – mówiła 23-latka.",
        ("To", "Alicja Krysiak"),
        ("Jeszcze", "Alicja Krysiak"),
    ),
    passage(
        "pl",
        "Zdaniem [Anny Lis=Anna Lis] z Instytutu Bałtyckiego „to dopiero początek podwyżek”. Ekonomistka "
        "nie wyklucza, że „inflacja wróci do dwóch cyfr”.",
        ("to dopiero", "Anna Lis"),
        ("inflacja", "Anna Lis"),
    ),
    passage(
        "pl",
        "O „rażącej niesprawiedliwości społecznej w tym kraju” mówił z kolei poseł [Jan Brożek].",
        ("rażącej", "Jan Brożek"),
    ),
    passage(
        "pl",
        "Według rzecznika policji nadkom. [Piotra Wrony=Piotr Wrona] „kierowca był trzeźwy i jechał przepisowo”.",
        ("kierowca", "Piotr Wrona"),
    ),
    passage(
        "pl",
        "Decyzję [Jan Bąk] nazwał „policzkiem wymierzonym całej gminie”. Radny zapowiada odwołanie. „Nie "
        "odpuścimy tego na pewno” – mówi.",
        ("policzkiem", "Jan Bąk"),
        ("Nie odpuścimy", "Jan Bąk"),
    ),
    passage(
        "pl",
        "Jak mówi [Ewa Kos], kierowniczka schroniska, „psy trafiają do nas co dzień”. Jej zdaniem „ludzie "
        "kupują je bez namysłu”.",
        ("psy", "Ewa Kos"),
        ("ludzie", "Ewa Kos"),
    ),
)
