## What a report says under a charter.

charter-line = Sous une charte : une question qui n'est pas en vigueur donne des nombres par bureau et ne nomme personne.
counts-only = { $stage } : nombres par bureau seulement. Aucune personne ni aucun couple n'est nommé.
counts-caption = Unités par bureau
counts-reading = Les nombres inférieurs à { $n } ne sont pas donnés, ni un nombre de signaux aussi proche de zéro ou du total. Les autres sont arrondis à cinq.
fewer-than = moins de { $n }
not-given = non donné
all-offices = Tous les bureaux
column-signals = Signaux
method-approval-live = En vigueur sous la charte. Empreinte de la définition convenue : { $hash }.
answer-counts-only =
    { $n ->
        [one] Une question n'est pas en vigueur sous la charte : elle donne des nombres par bureau.
       *[other] { $n } questions ne sont pas en vigueur sous la charte : elles donnent des nombres par bureau.
    }

stage-draft = Projet
stage-consultation = En consultation
stage-pilot = En essai
stage-live = En vigueur sans affichage individuel
stage-paused = Suspendue
stage-review-due = À réexaminer
stage-retired = Retirée
stage-not-drafted = Non proposée sous la charte
wb-not-drafted-first = Un analyste ou le responsable de l'intégrité propose d'abord la question, avec son dossier ; puis le syndicat est consulté. Tant qu'elle n'est pas en vigueur, elle donne des nombres par bureau et ne nomme personne.
stage-study = Une étude : personne ne l'a acceptée
