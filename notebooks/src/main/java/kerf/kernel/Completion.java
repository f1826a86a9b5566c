package kerf.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/**
 * Completes the word at the cursor: by what JShell knows, and by what the cell above it will
 * declare.
 */
final class Completion {
  private static final Pattern MAGIC = Pattern.compile("(?m)^(%{1,2})(\\w*)$");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w$.])(?:(\\w+)\\.)?([\\p{L}_][\\w$]*|)$");

  /** What every object has, and the variables that JShell makes: rarely what is looked for. */
  private static final Pattern LAST =
      Pattern.compile("\\$\\d+|(equals|getClass|hashCode|notify|notifyAll|toString|wait)\\(\\)?");

  private final JShell shell;
  private final ImportedWords words;

  Completion(JShell shell, ImportedWords words) {
    this.shell = shell;
    this.words = words;
  }

  /** What to put between two offsets, in UTF-16 units; the best matches come first. */
  record Matches(List<String> texts, int start, int end) {
    JsonObject json(String code) {
      JsonObject json = new JsonObject();
      JsonArray matches = new JsonArray();
      texts.forEach(matches::add);
      json.addProperty("status", "ok");
      json.add("matches", matches);
      json.addProperty("cursor_start", CodePoints.fromUtf16(code, start));
      json.addProperty("cursor_end", CodePoints.fromUtf16(code, end));
      json.add("metadata", new JsonObject());
      return json;
    }
  }

  Matches complete(String code, int cursor, MagicsRegistry magics) {
    String before = code.substring(0, cursor);
    Matcher magic = MAGIC.matcher(before.substring(before.lastIndexOf('\n') + 1));
    if (magic.find()) {
      int start = cursor - magic.group(2).length();
      Set<String> known =
          magic.group(1).equals("%") ? magics.getLineMagicNames() : magics.getCellMagicNames();
      List<String> names =
          known.stream().filter(name -> name.startsWith(magic.group(2))).sorted().toList();
      return new Matches(names, start, cursor);
    }
    List<Snippet> imported = new ArrayList<>();
    try {
      int skipped = skip(before, imported);
      int[] anchor = new int[1];
      List<Suggestion> suggestions =
          shell
              .sourceCodeAnalysis()
              .completionSuggestions(before.substring(skipped), cursor - skipped, anchor);
      Set<String> texts = new LinkedHashSet<>();
      suggestions.stream()
          .sorted(Comparator.comparing(suggestion -> !suggestion.matchesType()))
          .forEach(suggestion -> texts.add(suggestion.continuation()));
      int start = anchor[0] + skipped;
      Matcher name = NAME.matcher(before);
      if (name.find() && (suggestions.isEmpty() || start == name.start(2))) {
        start = name.start(2);
        texts.addAll(words.completions(name.group(1), name.group(2)));
      }
      List<String> sorted =
          texts.stream()
              .sorted(Comparator.comparing(text -> LAST.matcher(text).matches()))
              .toList();
      return new Matches(sorted, start, cursor);
    } finally {
      imported.forEach(shell::drop);
    }
  }

  /**
   * JShell completes within one snippet. Variables of the lines above serve as they are; imports do
   * not, so those that are new are made for the time being, and all up to the last of them is left
   * out.
   *
   * @return the offset from which on the text is one snippet for JShell
   */
  private int skip(String before, List<Snippet> imported) {
    int skipped = 0;
    for (Piece piece : Piece.cut(shell.sourceCodeAnalysis(), before)) {
      if (piece.magic() != null) {
        skipped = piece.magic().end();
        continue;
      }
      if (!piece.complete() || piece.start() + piece.source().length() >= before.length()) {
        break;
      }
      List<Snippet> snippets = shell.sourceCodeAnalysis().sourceToSnippets(piece.source());
      if (snippets.isEmpty() || snippets.get(0).kind() == Kind.VAR) {
        continue;
      }
      if (snippets.get(0) instanceof ImportSnippet wanted && !isImported(wanted)) {
        shell.eval(piece.source()).stream().map(SnippetEvent::snippet).forEach(imported::add);
      }
      if (snippets.get(0).kind() == Kind.IMPORT) {
        skipped = piece.start() + piece.source().length();
      }
    }
    return skipped;
  }

  private boolean isImported(ImportSnippet wanted) {
    return shell.imports().anyMatch(known -> known.fullname().equals(wanted.fullname()));
  }
}
