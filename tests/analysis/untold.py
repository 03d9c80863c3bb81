"""Passages whose cues no language file holds: verbs and roles beyond the lists. All people and events are invented."""

from tests.analysis.passages import NOBODY, TERM, passage

UNTOLD = (
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
        "„Kommen Sie in zehn Jahren wieder“, hatte man [Paul Rieger] damals gesagt.",
        ("Kommen", NOBODY),
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
    # French
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
        ("Рішення", TERM),
        ("Ми ще", "Олег Рись"),
    ),
    passage(
        "uk",
        "У заяві [Марії Коваль=Марія Коваль] йдеться, що «жодних переговорів не було й не буде».",
        ("жодних", "Марія Коваль"),
    ),
    # Russian
    passage(
        "ru",
        "«Мы не торопимся», — бросил журналистам [Егор Лапин]. Депутат добавил, что «время работает на нас всех».",
        ("Мы", TERM),
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
)
