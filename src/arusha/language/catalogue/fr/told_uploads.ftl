## Pourquoi un envoi n'est pas pris, et que faire (told-do-).

told-upload-no-table = un fichier n'est ni CSV, ni Parquet, ni une correspondance, ni un zip de ceux-ci
told-upload-two-names = deux fichiers ont le même nom, ou il y en a trop
told-upload-nothing = aucun fichier n'a été envoyé
told-upload-mark = la marque qui dit ces données inventées ne peut être lue
told-upload-large = un envoi a { $most } Mo au plus, tel qu'envoyé et décompressé
told-upload-many = un envoi a { $most } fichiers au plus, une fois décompressé
told-upload-no-room = ce qui a été envoyé et pas encore chargé occupe { $held } Mo, et il n'y a plus de place
told-upload-bomb = ses { $packed } octets se décompressent en plus de { $size }, ce que ne fait aucune table
told-upload-leads-out = un nom qu'elle contient mène hors d'elle
told-upload-link = elle contient un lien ou est chiffrée
told-upload-archive-within = elle contient une autre archive
told-upload-archive = l'archive ne peut être lue ({ $why })
told-do-upload-send = envoyez les tables en .csv ou .parquet, comprimées en .gz ou .zip si vous voulez
told-do-upload-one-zip = envoyez un seul zip
told-do-upload-choose = choisissez les fichiers de l'extrait
told-do-upload-mark = envoyez le fichier tel que `arusha demo` l'a écrit ; de vraies données n'en portent pas
told-do-upload-server = faites mettre l'extrait dans le dossier des extraits sur le serveur
told-do-upload-fewer = envoyez-en moins
told-do-upload-discard = chargez ou supprimez ce qui a été envoyé avant, puis renvoyez ceci
told-do-upload-pack = comprimez-la de nouveau
told-do-upload-pack-files = comprimez de nouveau les fichiers
told-do-upload-plain = comprimez des fichiers ordinaires
told-do-upload-who = redemandez l'extrait, et cherchez qui a fait ce fichier
