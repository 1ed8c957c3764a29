## La page des contrôles.

wb-controls = Contrôles
wb-controls-what = Des clauses de deux normes, et ce que les tests du programme montrent à leur sujet. La liste vient de marques sur les tests ; chacun est nommé, pour qu'on puisse l'exécuter.
wb-controls-limit = Un test montre ce que fait ce programme. Si l'administration satisfait une clause, ses auditeurs le disent : un programme seul n'en satisfait aucune. Ce qui n'est pas listé n'a pas été testé.
wb-controls-never = Jamais :
