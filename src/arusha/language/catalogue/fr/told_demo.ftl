## Ce qui ne va pas dans les mondes gardés de la démonstration, et que faire (told-do-).

told-demo-other-key = le monde refait a une autre clé de réponses que celui qui avait été gardé
told-do-demo-other-key = Supprimez le dossier des mondes gardés, ou nommez-en un autre.
