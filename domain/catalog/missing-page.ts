const MISSING =
  /not found|page (?:does not|doesn['’]t) exist|no longer (?:exists|available)|страница не (?:найдена|существует)|товар не найден|ничего не найдено|nicht gefunden|existiert nicht|introuvable|n['’]existe (?:plus|pas)|no (?:se ha )?encontrad[ao]|non trovata|não encontrad[ao]|nie znaleziono|nenalezen|niet gevonden|hittades inte|ikke fundet/iu;
/** The number stands alone or beside a word for an error: a model number, a house number or a lot is none. */
const STATUS_404 =
  /^[^\p{L}\p{N}]*404[^\p{L}\p{N}]*$|(?:error|page|http|status|ошибка|страница|fehler|seite|erreur|errore|błąd)[^\p{L}\p{N}]{1,3}404(?!\d)|(?<!\d)404[^\p{L}\p{N}]{1,3}(?:error|page|ошибка|страница|fehler|seite|erreur|errore|błąd|oops|упс)/iu;

/** Whether a title is what shops write on a page that is not there, in the commonest European languages. */
export const saysMissing = (title: string): boolean => MISSING.test(title) || STATUS_404.test(title);
