## La demande au service informatique.

letter-title = Demande d'extraction de données
letter-to = À : la direction des systèmes d'information
letter-from = De : ____
letter-date = Date : ____
letter-basis = Autorisé par : ____

letter-short = En bref
letter-short-what = Nous demandons { $tables ->
    [one] une table
   *[other] { $tables } tables
} du système douanier, pour la période du ____ au ____ et pour tous les bureaux : une seule extraction en lecture seule, si possible à partir d'une copie.
letter-short-why = Elles servent à évaluer si nos propres règles ont été suivies. Les résultats sont des raisons de regarder, jamais des conclusions sur une personne. Rien n'est réécrit dans vos systèmes.
letter-short-asycuda = Si vous utilisez SYDONIA World, le plus simple est d'extraire ces tables en entier, avec leurs noms de colonnes : { $tables }. Nous nous chargeons de renommer. Ajoutez l'historique des opérations des documents : qui a fait quoi, et quand. Il ne figure pas parmi les tables documentées ; l'équipe nationale SYDONIA sait où il est conservé.
letter-short-first = Seule la table { $table } est indispensable. Chacune des autres permet de répondre à davantage de questions, et aucune table manquante n'arrête le travail.
letter-short-persons = Nous n'avons besoin d'aucun nom de personne. Les codes sont remplacés par des pseudonymes avant tout enregistrement.
letter-short-reply = Merci de nous dire avant le ____ quelles tables vous pouvez fournir, et à qui poser nos questions.

letter-serves = À quoi cela sert
letter-serves-intro = Avec ces données, l'évaluation demande :
letter-question-assignment-steering = si les déclarations de chaque déclarant sont réparties entre les agents comme le veut la règle
letter-question-assignment-override = qui change la première désignation d'un agent, et pour quels déclarants
letter-question-lane-rates = si les déclarations sont allées à chaque circuit de contrôle au taux fixé
letter-question-lane-change-without-act = si un circuit de contrôle a été changé sans acte de contrôle
letter-question-finding-rate = si les contrôles de marchandises semblables donnent des constatations semblables
letter-question-value-shortfall = si les valeurs déclarées sont inférieures à celles de marchandises semblables
letter-question-rights-that-clash = qui détient dans le système des droits que l'administration sépare, et si les deux ont servi sur une même déclaration

letter-deliver = Comment livrer
letter-deliver-files = CSV (UTF-8, une ligne d'en-tête) ou Parquet. Un fichier par table, ou un dossier de fichiers. Les fichiers CSV peuvent être compressés avec gzip ou zstd.
letter-deliver-everything = Toute la période : tous les bureaux, tous les états, y compris les déclarations annulées. Si les versions antérieures d'une déclaration sont conservées, envoyez-les : elles donnent les valeurs avant et après contrôle.
letter-deliver-times = Les dates avec heures et minutes partout où elles existent. Indiquez-nous le fuseau horaire dans lequel elles sont écrites.
letter-deliver-codes = Les codes en texte, avec leurs zéros de tête. Merci de ne pas ouvrir les fichiers dans un tableur : il modifie les codes et les dates.
letter-deliver-untouched = Rien de nettoyé, de corrigé, de joint ni d'écarté. Nous comptons chaque ligne inutilisable, et vous disons pourquoi.
letter-deliver-totals = Avec chaque table, son nombre de lignes et, s'il y a des montants, la somme de chacun. Nous les comparons après le chargement.
letter-deliver-medium = Sur un disque chiffré, remis en main propre. Le mot de passe suit une autre voie.

letter-persons = Les personnes
letter-persons-codes = Envoyez les codes des agents, utilisateurs, déclarants et importateurs tels qu'ils sont dans votre système. Si vous les remplacez vous-mêmes, les tables ne se rejoignent plus.
letter-persons-pseudonyms = À la lecture des fichiers, chaque code est remplacé par un pseudonyme fait avec une clé secrète, avant que la première ligne soit enregistrée. La clé est gardée à part. Nous pouvons faire sceller la liste des codes et des pseudonymes sous une clé que vous aurez faite : deux dépositaires sur trois peuvent alors voir ensemble qui se trouve derrière un pseudonyme, et un seul ne le peut pas. Dites-nous avant le chargement si vous le souhaitez.
letter-persons-not = Merci de ne pas envoyer de noms d'agents, de photographies, de messages, ni le sexe, l'âge, la religion, l'origine ethnique ou l'appartenance syndicale.

letter-tables = Table par table
letter-tables-names = Les noms sous « SYDONIA World » sont ceux que documente la CNUCED ; votre système a pu les changer. S'il a d'autres noms, ou si c'est un autre système, envoyez ce que vous avez : les noms de colonnes de gauche ne sont pas obligatoires.
letter-tables-mark = Une colonne marquée * doit être remplie à chaque ligne de sa table. Les autres peuvent être vides ou absentes.
letter-held-by-system = Du système informatique douanier
letter-held-by-personnel = Du service du personnel et des chefs de bureau
letter-held-by-headquarters = De la direction générale
letter-held-elsewhere = Nous les leur demandons à part. N'envoyez ces tables que si vous les avez.
letter-why = Pourquoi : { $text }
letter-without = Sans elle : { $text }
letter-column = Colonne
letter-meaning = Contenu
letter-asycuda = SYDONIA World, ou lieu de conservation

letter-thanks = Merci. Une table dont vous n'êtes pas sûrs vaut d'être envoyée : dites-nous ce dont vous doutez.
