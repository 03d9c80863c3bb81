"""More statements of invented people, to measure by how quotes are paired; `statements.py` says what they are.

Harder than those: most speakers say several things about one subject on one day, some turn a sentence round two days
later, some papers carry half of a statement, and two papers of one language word it differently. `UNSEEN` was written
after the first weights were set and before these were set anew, `FRESH` before the last change of them.
"""

from __future__ import annotations

from tests.support.statements import Rendering, Statements

UNSEEN: Statements = {
    # a mine: one speaker, one day, one subject
    ("Radomir Stankov", "rescued miners"): (
        Rendering(
            "bg",
            "2026-01-12",
            "Извадихме 12 души живи, всички са в съзнание и разговарят с лекарите",
            "We got 12 people alive, all are conscious and talking to the doctors",
        ),
        Rendering(
            "ro",
            "2026-01-12",
            "Am scos 12 oameni în viață, toți sunt conștienți și vorbesc cu medicii",
            "We got 12 people out alive, they're all aware and they talk to the doctors",
        ),
        Rendering(
            "en",
            "2026-01-13",
            "Twelve people have been brought up alive; all of them are conscious and speaking to doctors",
            "Twelve people have been brought up alive; all of them are conscious and speaking to doctors",
        ),
        Rendering(
            "de",
            "2026-01-13",
            "Wir haben 12 Menschen lebend geborgen, alle sind bei Bewusstsein",
            "We rescued 12 people alive, all are conscious",
        ),
    ),
    ("Radomir Stankov", "missing miners"): (
        Rendering(
            "bg",
            "2026-01-12",
            "Под земята остават още 12 души и няма да спрем, докато не ги намерим",
            "There are still 12 people underground and we will not stop until we find them",
        ),
        Rendering(
            "ro",
            "2026-01-12",
            "Sub pământ mai sunt 12 oameni și nu ne oprim până nu îi găsim",
            "There are still 12 people underground and we will not stop until we find them.",
        ),
        Rendering(
            "en",
            "2026-01-13",
            "Twelve more are still below ground and we will not stop until they are found",
            "Twelve more are still below ground and we will not stop until they are found",
        ),
    ),
    ("Radomir Stankov", "cause of the accident"): (
        Rendering(
            "bg",
            "2026-01-12",
            "Рано е да се говори за причините, следователите още не са слизали в галерията",
            "It is early to talk about the causes, the investigators have not yet descended into the gallery",
        ),
        Rendering(
            "it",
            "2026-01-13",
            "È presto per parlare delle cause, gli inquirenti non sono ancora scesi nella galleria",
            "It is early to talk about the causes, investigators have not yet gone down into the tunnel",
        ),
    ),
    # a law: said, and said otherwise two days later
    ("Leopoldine Harasser", "the law passes"): (
        Rendering(
            "de",
            "2026-02-03",
            "Das Gesetz wird noch vor Ostern beschlossen, daran lasse ich nicht rütteln",
            "The law will be passed before Easter, I will not let that shake",
        ),
        Rendering(
            "it",
            "2026-02-03",
            "La legge sarà approvata prima di Pasqua, su questo non transigo",
            "The law will be approved before Easter, I will not compromise on this",
        ),
        Rendering(
            "pl",
            "2026-02-04",
            "Ustawa zostanie uchwalona jeszcze przed Wielkanocą i tego nie pozwolę podważyć",
            "The law will be passed before Easter and I will not let it be undermined",
        ),
    ),
    ("Leopoldine Harasser", "the law waits"): (
        Rendering(
            "de",
            "2026-02-05",
            "Das Gesetz wird vor Ostern nicht mehr beschlossen, wir brauchen mehr Zeit",
            "The law will no longer be passed before Easter, we need more time",
        ),
        Rendering(
            "it",
            "2026-02-06",
            "La legge non sarà approvata prima di Pasqua, ci serve più tempo",
            "The law will not be approved before Easter, we need more time",
        ),
        Rendering(
            "pl",
            "2026-02-06",
            "Przed Wielkanocą ustawa nie zostanie uchwalona. Potrzebujemy więcej czasu",
            "The law will not be passed before Easter. We need more time",
        ),
    ),
    ("Leopoldine Harasser", "opposition and the law"): (
        Rendering(
            "de",
            "2026-02-03",
            "Wer gegen dieses Gesetz stimmt, stimmt gegen die Bergbauern",
            "Whoever votes against this law votes against the mountain farmers",
        ),
        Rendering(
            "it",
            "2026-02-04",
            "Chi vota contro questa legge vota contro i contadini di montagna",
            "Who votes against this law votes against the mountain farmers",
        ),
    ),
    # football: short sentences
    ("Ruy Albornoz", "tired team"): (
        Rendering("es", "2026-03-01", "Llegamos cansados y perdimos cansados", "We arrived tired and lost tired"),
        Rendering(
            "it",
            "2026-03-02",
            "Siamo arrivati stanchi e abbiamo perso da stanchi",
            "We arrived tired and we lost tired",
        ),
        Rendering("ro", "2026-03-02", "Am ajuns obosiți și am pierdut obosiți", "We arrived tired and lost tired"),
    ),
    ("Ruy Albornoz", "referee"): (
        Rendering(
            "es",
            "2026-03-01",
            "Del árbitro no hablo, hablan las imágenes",
            "I don't talk about the referee, the images speak",
        ),
        Rendering(
            "it",
            "2026-03-02",
            "Dell'arbitro non parlo, parlano le immagini",
            "I don't talk about the referee, the images speak",
        ),
    ),
    ("Ruy Albornoz", "goalkeeper"): (
        Rendering(
            "es",
            "2026-03-01",
            "Nuestro portero evitó cuatro goles; sin él habría sido una humillación",
            "Our goalkeeper avoided four goals; without him it would have been a humiliation",
        ),
        Rendering(
            "ro",
            "2026-03-02",
            "Portarul nostru a salvat patru goluri, fără el era o umilință",
            "Our goalkeeper saved four goals, without him it was a humiliation",
        ),
    ),
    # a bank: numbers, the same number for other things
    ("Wiesława Gołąbek", "interest rate"): (
        Rendering(
            "pl",
            "2026-03-10",
            "Rada podniosła stopę procentową do 5,25 procent i nie wyklucza kolejnej podwyżki",
            "The Council raised the interest rate to 5.25 percent and does not exclude another increase",
        ),
        Rendering(
            "de",
            "2026-03-10",
            "Der Rat hat den Leitzins auf 5,25 Prozent angehoben und schließt eine weitere Erhöhung nicht aus",
            "The council has raised the key interest rate to 5.25 percent and does not exclude another increase",
        ),
        Rendering(
            "uk",
            "2026-03-11",
            "Рада підвищила облікову ставку до 5,25 відсотка і не виключає нового підвищення",
            "The Council raised the discount rate to 5.25 per cent and does not exclude a new increase",
        ),
    ),
    ("Wiesława Gołąbek", "inflation"): (
        Rendering(
            "pl",
            "2026-03-10",
            "Inflacja spadnie do 5,25 procent najwcześniej jesienią",
            "Inflation will fall to 5.25 percent in the autumn at the earliest",
        ),
        Rendering(
            "de",
            "2026-03-11",
            "Die Inflation wird frühestens im Herbst auf 5,25 Prozent sinken",
            "Inflation will fall to 5.25 percent in autumn at the earliest",
        ),
    ),
    ("Wiesława Gołąbek", "no crisis"): (
        Rendering(
            "pl",
            "2026-03-10",
            "Nie ma kryzysu bankowego i nie będzie. Depozyty są bezpieczne",
            "There is no banking crisis and there will be none. Deposits are safe",
        ),
        Rendering(
            "uk",
            "2026-03-11",
            "Банківської кризи немає і не буде. Вклади в безпеці",
            "There is no banking crisis and there will be no banking crisis. Deposits in safety",
        ),
        Rendering(
            "fr",
            "2026-03-11",
            "Il n'y a pas de crise bancaire et il n'y en aura pas. Les dépôts sont en sécurité",
            "There is no banking crisis and there will be none. Deposits are safe",
        ),
    ),
    # diplomacy: set phrases that every speech has
    ("Eelco Brandsma", "support as long as needed"): (
        Rendering(
            "en",
            "2026-02-11",
            "We will support our neighbours for as long as it takes, and with whatever it takes",
            "We will support our neighbours for as long as it takes, and with whatever it takes",
        ),
        Rendering(
            "uk",
            "2026-02-11",
            "Ми підтримуватимемо наших сусідів стільки, скільки буде потрібно, і всім, що буде потрібно",
            "We will support our neighbors as much as needed and all that will be needed",
        ),
        Rendering(
            "ro",
            "2026-02-12",
            "Ne vom sprijini vecinii atât timp cât va fi nevoie și cu orice va fi nevoie",
            "We will support our neighbors as long as necessary and with anything needed",
        ),
    ),
    ("Eelco Brandsma", "alliance not at war"): (
        Rendering(
            "en",
            "2026-02-11",
            "The alliance is not at war, but it is not at peace either",
            "The alliance is not at war, but it is not at peace either",
        ),
        Rendering(
            "uk",
            "2026-02-11",
            "Альянс не перебуває у стані війни, але й миру для нього немає",
            "The Alliance is not at war, but there is no peace for it",
        ),
        Rendering(
            "ro",
            "2026-02-12",
            "Alianța nu este în război, dar nici în pace nu este",
            "The Alliance is not at war, but neither is it at peace",
        ),
    ),
    ("Eelco Brandsma", "negotiations"): (
        Rendering(
            "en",
            "2026-02-11",
            "Nothing about our neighbours will be decided without our neighbours",
            "Nothing about our neighbours will be decided without our neighbours",
        ),
        Rendering(
            "ro",
            "2026-02-12",
            "Nimic despre vecinii noștri nu se va hotărî fără vecinii noștri",
            "Nothing about our neighbors will be decided without our neighbors",
        ),
        Rendering(
            "ru",
            "2026-02-12",
            "О наших соседях ничего не будет решено без наших соседей",
            "Nothing will be decided about our neighbors without our neighbors",
        ),
    ),
    ("Eelco Brandsma", "ammunition"): (
        Rendering(
            "en",
            "2026-02-11",
            "Our factories produce in 3 months what they used to produce in a year, and it is still not enough",
            "Our factories produce in 3 months what they used to produce in a year, and it is still not enough",
        ),
        Rendering(
            "uk",
            "2026-02-12",
            "Наші заводи за 3 місяці виробляють стільки, скільки раніше за рік, і цього все одно замало",
            "Our factories produce as much as they did in the year in 3 months, and this is still too small",
        ),
        Rendering(
            "it",
            "2026-02-12",
            "Le nostre fabbriche producono in 3 mesi ciò che prima producevano in un anno, e non basta ancora",
            "Our factories produce in 3 months what they used to produce in a year, and it is not enough yet",
        ),
    ),
    # a doctor: two in one
    ("Despina Kalogirou", "hospital beds and staff"): (
        Rendering(
            "it",
            "2026-04-20",
            "Letti ne abbiamo, mancano gli infermieri. Un letto senza infermiere è un mobile",
            "We have beds, nurses are missing. A bed without a nurse is a piece of furniture",
        ),
        Rendering(
            "fr",
            "2026-04-20",
            "Un lit sans infirmière, c'est un meuble",
            "A bed without a nurse is a piece of furniture",
        ),
        Rendering(
            "es",
            "2026-04-21",
            "Camas tenemos, faltan enfermeras; una cama sin enfermera es un mueble",
            "We have beds, nurses are missing; a bed without a nurse is a piece of furniture",
        ),
    ),
    ("Despina Kalogirou", "pay of nurses"): (
        Rendering(
            "it",
            "2026-04-20",
            "Un infermiere guadagna 1.300 euro al mese e dopo due anni va all'estero",
            "A nurse earns 1,300 euros a month and goes abroad after two years",
        ),
        Rendering(
            "fr",
            "2026-04-20",
            "Une infirmière gagne 1 300 euros par mois et part à l'étranger au bout de deux ans",
            "A nurse earns 1,300 euros a month and goes abroad after two years",
        ),
    ),
    ("Despina Kalogirou", "winter"): (
        Rendering(
            "it",
            "2026-04-20",
            "Il prossimo inverno chiuderemo un reparto su tre se non arrivano infermieri",
            "Next winter we will close one department in three if nurses don't arrive",
        ),
        Rendering(
            "es",
            "2026-04-21",
            "El próximo invierno cerraremos una de cada tres plantas si no llegan enfermeras",
            "Next winter we will close one in three plants if nurses do not arrive",
        ),
    ),
    # an artist: figurative speech, free translations
    ("Noé Delacourte", "museum fire"): (
        Rendering(
            "fr",
            "2026-05-02",
            "On n'a pas perdu des tableaux, on a perdu des témoins",
            "We didn't lose paintings, we lost witnesses",
        ),
        Rendering(
            "ro",
            "2026-05-03",
            "Nu am pierdut tablouri, am pierdut martori",
            "We didn't lose paintings, we lost witnesses",
        ),
        Rendering(
            "ru",
            "2026-05-03",
            "Мы потеряли не картины, мы потеряли свидетелей",
            "We have not lost paintings, we have lost witnesses",
        ),
        Rendering(
            "en",
            "2026-05-03",
            "It is not pictures that burned, it is witnesses",
            "It is not pictures that burned, it is witnesses",
        ),
    ),
    ("Noé Delacourte", "rebuilding the museum"): (
        Rendering(
            "fr",
            "2026-05-02",
            "Le musée rouvrira, mais les salles vides resteront vides",
            "The museum will reopen, but the empty rooms will remain empty",
        ),
        Rendering(
            "ro",
            "2026-05-03",
            "Muzeul se va redeschide, dar sălile goale vor rămâne goale",
            "The museum will reopen, but the empty rooms will remain empty",
        ),
    ),
    # two speakers on one thing, one answers the other in his words
    ("Anselm Krottendorf", "airport noise"): (
        Rendering(
            "de",
            "2026-06-10",
            "Ein Nachtflugverbot würde den Flughafen 900 Arbeitsplätze kosten",
            "A night flight ban would cost the airport 900 jobs",
        ),
        Rendering(
            "pl",
            "2026-06-10",
            "Zakaz lotów nocnych kosztowałby lotnisko 900 miejsc pracy",
            "A ban on night flights would cost the airport 900 jobs",
        ),
        Rendering(
            "bg",
            "2026-06-11",
            "Забрана на нощните полети би струвала на летището 900 работни места",
            "A ban on night flights would cost the airport 900 jobs",
        ),
    ),
    ("Mechthild Ossenkamp", "airport noise"): (
        Rendering(
            "de",
            "2026-06-10",
            "Ein Nachtflugverbot kostet keine 900 Arbeitsplätze, es kostet ein paar Konzerne Geld",
            "A night flight ban does not cost 900 jobs, it costs a few corporations money",
        ),
        Rendering(
            "pl",
            "2026-06-11",
            "Zakaz lotów nocnych nie kosztuje 900 miejsc pracy, kosztuje pieniądze kilka koncernów",
            "The ban on night flights does not cost 900 jobs, it costs money several concerns",
        ),
        Rendering(
            "bg",
            "2026-06-11",
            "Забраната на нощните полети не струва 900 работни места, тя струва пари на няколко концерна",
            "The ban on night flights does not cost 900 jobs, it costs money to several concerns",
        ),
    ),
    ("Mechthild Ossenkamp", "sleep"): (
        Rendering(
            "de",
            "2026-06-10",
            "Meine Kinder wissen nicht mehr, was eine ganze Nacht Schlaf ist",
            "My children no longer know what a whole night's sleep is",
        ),
        Rendering(
            "bg",
            "2026-06-11",
            "Децата ми вече не знаят какво е цяла нощ сън",
            "My kids don't know what a whole night's sleep is anymore",
        ),
    ),
    # a police chief: formulas
    ("Taras Vyhnalets", "two arrested"): (
        Rendering(
            "uk",
            "2026-07-01",
            "Двох підозрюваних затримано, третій переховується за кордоном",
            "Two suspects detained, the third is hiding abroad",
        ),
        Rendering(
            "en",
            "2026-07-01",
            "Two suspects have been arrested and a third is in hiding abroad",
            "Two suspects have been arrested and a third is in hiding abroad",
        ),
        Rendering(
            "it",
            "2026-07-02",
            "Due sospettati sono stati arrestati, un terzo si nasconde all'estero",
            "Two suspects were arrested, a third hides abroad",
        ),
    ),
    ("Taras Vyhnalets", "suspects silent"): (
        Rendering(
            "uk",
            "2026-07-01",
            "Підозрювані мовчать, але їхні телефони говорять",
            "Suspects are silent, but their phones speak",
        ),
        Rendering(
            "it",
            "2026-07-02",
            "I sospettati tacciono, ma i loro telefoni parlano",
            "Suspects are silent, but their phones speak",
        ),
        Rendering(
            "en",
            "2026-07-02",
            "The suspects aren't talking but their phones are",
            "The suspects aren't talking but their phones are",
        ),
    ),
    ("Taras Vyhnalets", "suspects abroad"): (
        Rendering(
            "uk",
            "2026-07-01",
            "Ми знаємо, в якій країні переховується третій підозрюваний, і чекаємо на екстрадицію",
            "We know in which country the third suspect is hiding, and we are waiting for extradition",
        ),
        Rendering(
            "en",
            "2026-07-02",
            "We know which country the third suspect is hiding in and we are waiting for his extradition",
            "We know which country the third suspect is hiding in and we are waiting for his extradition",
        ),
    ),
}
"""What one person said on one occasion, in the versions of several papers."""

FRESH: Statements = {
    ("Katarzyna Mróz", "strike starts"): (
        Rendering(
            "pl",
            "2026-09-07",
            "Strajk zaczynamy w środę o szóstej rano i skończymy, gdy minister usiądzie z nami do stołu",
            "We start the strike on Wednesday at six in the morning and end it when the minister sits down with us",
        ),
        Rendering(
            "en",
            "2026-09-07",
            "The strike begins at six on Wednesday morning and ends when the minister sits down with us",
            "The strike begins at six on Wednesday morning and ends when the minister sits down with us",
        ),
        Rendering(
            "ro",
            "2026-09-08",
            "Greva începe miercuri la șase dimineața și se încheie când ministrul stă cu noi la masă",
            "The strike starts Wednesday at six o'clock in the morning and ends when the minister sits with us",
        ),
    ),
    ("Katarzyna Mróz", "wages"): (
        Rendering(
            "pl",
            "2026-09-07",
            "Pielęgniarka z dwudziestoletnim stażem zarabia mniej niż kasjer i minister o tym wie",
            "A nurse with twenty years of experience earns less than a cashier and the minister knows about it",
        ),
        Rendering(
            "en",
            "2026-09-08",
            "A nurse with twenty years behind her earns less than a cashier, and the minister knows it",
            "A nurse with twenty years behind her earns less than a cashier, and the minister knows it",
        ),
        Rendering(
            "it",
            "2026-09-08",
            "Un'infermiera con vent'anni di servizio guadagna meno di una cassiera e il ministro lo sa",
            "A nurse with twenty years of service earns less than a cashier and the minister knows it",
        ),
    ),
    ("Katarzyna Mróz", "minister absent"): (
        Rendering(
            "pl",
            "2026-09-07",
            "Minister nie przyszedł na żadne z czterech spotkań",
            "The Minister did not attend any of the four meetings",
        ),
        Rendering(
            "it",
            "2026-09-08",
            "Il ministro non si è presentato a nessuno dei quattro incontri",
            "The minister did not appear in any of the four meetings",
        ),
    ),
    ("Andrij Solovjak", "dam holds"): (
        Rendering(
            "uk",
            "2026-10-03",
            "Дамба тримається, але рівень води піднявся на 84 сантиметри за ніч",
            "The dam holds, but the water level rose 84 centimeters overnight",
        ),
        Rendering(
            "bg",
            "2026-10-03",
            "Язовирната стена държи, но нивото се е вдигнало с 84 сантиметра за една нощ",
            "The dam wall holds, but the level has risen by 84 centimeters in one night",
        ),
        Rendering(
            "de",
            "2026-10-04",
            "Der Damm hält, doch über Nacht ist der Pegel um 84 Zentimeter gestiegen",
            "The dam holds, but overnight the level has risen by 84 centimeters",
        ),
    ),
    ("Andrij Solovjak", "evacuation"): (
        Rendering(
            "uk",
            "2026-10-03",
            "Ми вивезли людей із трьох сіл нижче дамби, нікого не примушували",
            "We took people out of three villages below the dam, no one was forced",
        ),
        Rendering(
            "bg",
            "2026-10-04",
            "Изведохме хората от трите села под язовирната стена, никого не сме насилвали",
            "We brought people out of the three villages below the dam wall, we didn't rape anyone",
        ),
        Rendering(
            "de",
            "2026-10-04",
            "Aus drei Dörfern unterhalb des Damms haben wir die Menschen herausgeholt, gezwungen wurde niemand",
            "From three villages below the dam we took out the people, nobody was forced",
        ),
    ),
    ("Andrij Solovjak", "rain forecast"): (
        Rendering(
            "uk",
            "2026-10-03",
            "Якщо дощ не припиниться до понеділка, рівень води підніметься ще на метр",
            "If the rain does not stop until Monday, the water level will rise another metre",
        ),
        Rendering(
            "bg",
            "2026-10-04",
            "Ако дъждът не спре до понеделник, нивото ще се вдигне с още един метър",
            "If the rain does not stop by Monday, the level will rise by another meter",
        ),
    ),
    ("Beatriz Olmedilla", "budget rejected"): (
        Rendering(
            "es",
            "2026-11-02",
            "No apoyaremos unos presupuestos que recortan 300 millones a las escuelas",
            "We will not support budgets that cut 300 million to schools",
        ),
        Rendering(
            "fr",
            "2026-11-02",
            "Nous ne soutiendrons pas un budget qui retire 300 millions aux écoles",
            "We will not support a budget that withdraws 300 million from schools",
        ),
        Rendering(
            "ru",
            "2026-11-03",
            "Мы не поддержим бюджет, который отнимает у школ 300 миллионов",
            "We will not support a budget that takes 300 million away from schools",
        ),
    ),
    ("Beatriz Olmedilla", "budget conditions"): (
        Rendering(
            "es",
            "2026-11-02",
            "Apoyaremos los presupuestos si devuelven 300 millones a los hospitales",
            "We will support budgets if they return 300 million to hospitals",
        ),
        Rendering(
            "fr",
            "2026-11-03",
            "Nous soutiendrons le budget s'il rend 300 millions aux hôpitaux",
            "We will support the budget if it returns 300 million to hospitals",
        ),
    ),
    ("Beatriz Olmedilla", "elections"): (
        Rendering(
            "es",
            "2026-11-02",
            "Si hay que votar otra vez, votaremos otra vez; a las urnas no se les tiene miedo",
            "If we have to vote again, we will vote again; the ballot boxes are not afraid",
        ),
        Rendering(
            "fr",
            "2026-11-03",
            "S'il faut revoter, on revotera. Des urnes, on n'a pas peur",
            "If we have to vote again, we'll vote again. We're not afraid of polls",
        ),
        Rendering(
            "ru",
            "2026-11-03",
            "Если придётся голосовать снова, проголосуем снова. Урн бояться не надо",
            "If we have to vote again, we will vote again. There is no need to be afraid of urns",
        ),
    ),
    ("Lodewijk Haasbroek", "gas price"): (
        Rendering(
            "en",
            "2026-12-01",
            "Nobody in this union will freeze because somebody else turned off a tap",
            "Nobody in this union will freeze because somebody else turned off a tap",
        ),
        Rendering(
            "ro",
            "2026-12-01",
            "Nimeni din această uniune nu va îngheța fiindcă altcineva a închis robinetul",
            "No one in this union will freeze because someone else has turned off the tap",
        ),
        Rendering(
            "uk",
            "2026-12-02",
            "Ніхто в цьому союзі не замерзне через те, що хтось інший закрив кран",
            "No one in this alliance will freeze because someone else has closed the tap",
        ),
    ),
    ("Lodewijk Haasbroek", "gas stocks"): (
        Rendering(
            "en",
            "2026-12-01",
            "Our gas stores are 91 per cent full, more than in any December on record",
            "Our gas stores are 91 per cent full, more than in any December on record",
        ),
        Rendering(
            "uk",
            "2026-12-02",
            "Наші сховища газу заповнені на 91 відсоток, більше, ніж у будь-якому грудні",
            "Our gas storage is 91 percent full, more than any December",
        ),
        Rendering(
            "ro",
            "2026-12-02",
            "Depozitele de gaze sunt pline în proporție de 91 la sută",
            "Gas deposits are 91 percent full",
        ),
    ),
    ("Lodewijk Haasbroek", "gas saving"): (
        Rendering(
            "en",
            "2026-12-01",
            "Whoever saves gas today pays less in December",
            "Whoever saves gas today pays less in December",
        ),
        Rendering(
            "ro",
            "2026-12-02",
            "Cine economisește gaz astăzi plătește mai puțin în decembrie",
            "Who saves gas today pays less in December",
        ),
    ),
    ("Vera Oblomkova", "orchestra"): (
        Rendering(
            "ru",
            "2026-09-20",
            "Оркестр без репетиций – это толпа с инструментами",
            "An orchestra without rehearsals is a crowd with instruments",
        ),
        Rendering(
            "it",
            "2026-09-21",
            "Un'orchestra senza prove è una folla con gli strumenti",
            "An orchestra without evidence is a crowd with tools",
        ),
        Rendering(
            "fr",
            "2026-09-21",
            "Un orchestre sans répétitions, c'est une foule avec des instruments",
            "An orchestra without rehearsals is a crowd with instruments",
        ),
    ),
    ("Vera Oblomkova", "orchestra leaves"): (
        Rendering(
            "ru",
            "2026-09-20",
            "Оркестр уезжает на гастроли без меня, и это моё решение",
            "The orchestra goes on tour without me, and that's my decision",
        ),
        Rendering(
            "it",
            "2026-09-21",
            "L'orchestra parte in tournée senza di me: l'ho deciso io",
            "The orchestra goes on tour without me: I decided",
        ),
    ),
}

ONE_LANGUAGE: tuple[tuple[str, str, str, bool], ...] = (
    # one language, one speaker, one day: the agency's words cut or put otherwise, and what only begins alike
    ("ro", "Podul va fi gata în noiembrie, dacă nu ne încurcă apele", "Podul va fi gata în noiembrie", True),
    (
        "ro",
        "Podul va fi gata în noiembrie, dacă nu ne încurcă apele",
        "Podul va fi scump, dar îl vom folosi o sută de ani",
        False,
    ),
    (
        "ro",
        "Nu am semnat nimic și nu voi semna nimic fără avizul comisiei",
        "Fără avizul comisiei nu semnez nimic",
        True,
    ),
    (
        "ro",
        "Nu am semnat nimic și nu voi semna nimic fără avizul comisiei",
        "Comisia a dat avizul, deci am semnat",
        False,
    ),
    ("uk", "Ми відновимо міст до листопада, якщо не завадить вода", "Міст відновимо до листопада", True),
    ("uk", "Ми відновимо міст до листопада, якщо не завадить вода", "Воду в місті відновимо до вечора", False),
    (
        "uk",
        "Школи працюватимуть дистанційно до кінця місяця",
        "До кінця місяця школи працюватимуть дистанційно, винятків не буде",
        True,
    ),
    (
        "uk",
        "Школи працюватимуть дистанційно до кінця місяця",
        "Школи працюватимуть без опалення, якщо не буде газу",
        False,
    ),
    (
        "it",
        "Abbiamo chiesto al governo venti milioni e ne abbiamo ricevuti due",
        "Al governo avevamo chiesto venti milioni: ce ne hanno dati due",
        True,
    ),
    (
        "it",
        "Abbiamo chiesto al governo venti milioni e ne abbiamo ricevuti due",
        "Abbiamo chiesto al governo un incontro e non ci hanno risposto",
        False,
    ),
    (
        "it",
        "Il ponte è sicuro, lo attraverso ogni mattina con i miei figli",
        "Attraverso quel ponte ogni mattina con i miei figli: è sicuro",
        True,
    ),
    (
        "it",
        "Il ponte è sicuro, lo attraverso ogni mattina con i miei figli",
        "Ogni mattina accompagno i miei figli a scuola in bicicletta",
        False,
    ),
    ("bg", "Водата е годна за пиене, пробите са чисти от вторник", "Пробите са чисти, водата е годна за пиене", True),
    (
        "bg",
        "Водата е годна за пиене, пробите са чисти от вторник",
        "Водата спря във вторник и още не знаем защо",
        False,
    ),
    (
        "de",
        "Wir haben die Brücke nicht gesperrt, weil es uns Spaß macht",
        "Die Brücke wurde nicht zum Spaß gesperrt",
        True,
    ),
    (
        "de",
        "Wir haben die Brücke nicht gesperrt, weil es uns Spaß macht",
        "Wir haben die Brücke untersucht, weil ein Anwohner uns angerufen hat",
        False,
    ),
    (
        "en",
        "I have read every page of the report and I stand by every page of it",
        "I stand by every page of the report",
        True,
    ),
    (
        "en",
        "I have read every page of the report and I stand by every page of it",
        "I have not read the report and I will not comment on it",
        False,
    ),
    (
        "en",
        "Four of the nine turbines are running and the rest will follow by Friday",
        "The remaining turbines will follow by Friday",
        True,
    ),
    (
        "en",
        "Four of the nine turbines are running and the rest will follow by Friday",
        "Nine turbines were built and four were never connected",
        False,
    ),
    (
        "es",
        "La lluvia nos salvó: sin ella el fuego habría llegado al pueblo",
        "Sin la lluvia el fuego habría llegado al pueblo",
        True,
    ),
    (
        "es",
        "La lluvia nos salvó: sin ella el fuego habría llegado al pueblo",
        "El fuego llegó al pueblo de noche, cuando todos dormían",
        False,
    ),
    (
        "fr",
        "Personne n'a le droit de parler au nom des disparus",
        "Nul n'a le droit de parler au nom des disparus, pas même moi",
        True,
    ),
    (
        "fr",
        "Personne n'a le droit de parler au nom des disparus",
        "Personne n'a le droit d'entrer sur le chantier sans casque",
        False,
    ),
    ("pl", "Pociągi wrócą na tory w poniedziałek rano", "W poniedziałek rano pociągi wrócą na tory, obiecuję", True),
    (
        "pl",
        "Pociągi wrócą na tory w poniedziałek rano",
        "Pociągi stoją od poniedziałku rano i nikt nam nic nie mówi",
        False,
    ),
    (
        "ru",
        "Я не просил об этой должности и не буду за неё держаться",
        "Об этой должности я не просил, держаться за неё не буду",
        True,
    ),
    (
        "ru",
        "Я не просил об этой должности и не буду за неё держаться",
        "Я буду просить о встрече с министром и не уйду без ответа",
        False,
    ),
    (
        "ro",
        "Nu există niciun risc pentru populație, apa se poate bea",
        "Apa se poate bea, nu există risc pentru populație",
        True,
    ),
    (
        "ro",
        "Nu există niciun risc pentru populație, apa se poate bea",
        "Nu există bani pentru apa din satele de sus",
        False,
    ),
    (
        "uk",
        "Ми будемо працювати вдень і вночі, доки світло не повернеться в кожен дім",
        "Працюватимемо вдень і вночі, доки світло не повернеться в кожен дім",
        True,
    ),
    (
        "uk",
        "Ми будемо працювати вдень і вночі, доки світло не повернеться в кожен дім",
        "Світло в кожен дім повернеться до ранку, крім двох вулиць",
        False,
    ),
    (
        "it",
        "La gara è stata regolare, chi ha perso farebbe meglio ad allenarsi",
        "Chi ha perso farebbe meglio ad allenarsi: la gara è stata regolare",
        True,
    ),
    (
        "it",
        "La gara è stata regolare, chi ha perso farebbe meglio ad allenarsi",
        "La gara è stata rinviata per la nebbia, si correrà domenica",
        False,
    ),
    (
        "en",
        "We found the ledger in a wall, behind forty years of wallpaper",
        "The ledger was in a wall, behind forty years of wallpaper",
        True,
    ),
    (
        "en",
        "We found the ledger in a wall, behind forty years of wallpaper",
        "We found forty letters in the ledger, none of them signed",
        False,
    ),
    (
        "de",
        "Der Zug war voll, weil zwei Wagen fehlten, nicht weil Ferien sind",
        "Zwei Wagen fehlten, deshalb war der Zug voll",
        True,
    ),
    (
        "de",
        "Der Zug war voll, weil zwei Wagen fehlten, nicht weil Ferien sind",
        "Der Zug war pünktlich, aber zwei Schaffner waren krank",
        False,
    ),
    ("bg", "Ще строим моста догодина, парите са осигурени", "Парите са осигурени и мостът ще се строи догодина", True),
    ("bg", "Ще строим моста догодина, парите са осигурени", "Парите за училището ще дойдат догодина", False),
    (
        "es",
        "El barco no se hundió por la tormenta, se hundió por la carga",
        "No fue la tormenta lo que hundió el barco, fue la carga",
        True,
    ),
    (
        "es",
        "El barco no se hundió por la tormenta, se hundió por la carga",
        "La tormenta duró seis horas y el barco llegó a puerto",
        False,
    ),
)
"""Language, two versions that two papers of that language carry on one day, and whether they are one statement."""
