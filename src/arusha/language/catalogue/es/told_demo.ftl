## Qué falla en los mundos guardados de la demostración y qué hacer (told-do-).

told-demo-other-key = el mundo hecho de nuevo tiene otra clave de respuestas que el que se guardó
told-do-demo-other-key = Borre la carpeta de mundos guardados, o nombre otra.
