## La página de controles.

wb-controls = Controles
wb-controls-what = Cláusulas de dos normas y lo que muestran al respecto las pruebas del programa. La lista sale de marcas en las pruebas; cada una se nombra para poder ejecutarla.
wb-controls-limit = Una prueba muestra lo que hace este programa. Si la administración cumple una cláusula lo dicen sus auditores: un programa solo no cumple ninguna. Lo que no figura no se probó.
wb-controls-never = Nunca:
