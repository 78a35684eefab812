using System.Text;

namespace Argosy.Build.Syntax;

/// <summary>
/// Physical lines to logical ones: parser directives, comments (also between continuation lines), line continuations
/// and here-documents. Knows no instruction but the three that may have here-documents.
/// </summary>
internal sealed class DockerfileLexer
{
    private readonly string[] lines;
    private readonly ParserDirectives directives = new();
    private int next;

    public DockerfileLexer(string text)
    {
        lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
            lines[i] = lines[i].TrimEnd('\r');
    }

    public char Escape => directives.Escape;

    public ParserDirectives Directives => directives;

    /// <summary>The last lines of the instructions that have an empty line in their middle; Docker warns about them.</summary>
    public List<int> EmptyContinuations { get; } = [];

    public IEnumerable<LogicalLine> Read()
    {
        while (next < lines.Length)
        {
            int start = next + 1;
            string line = lines[next++].TrimStart();
            directives.Read(line, start);
            if (line.Length == 0 || line[0] == '#')
                continue;
            string text = JoinContinuations(line);
            if (text.Trim().Length == 0)
                continue;
            List<Heredoc> heredocs = MayHaveHeredocs(text) ? ReadHeredocs(text, start) : [];
            yield return new LogicalLine(text.Trim(), start, next, heredocs);
        }
    }

    private string JoinContinuations(string first)
    {
        if (!TryTrimContinuation(first, out string text))
            return text;
        var joined = new StringBuilder(text);
        bool hasEmpty = false;
        while (next < lines.Length)
        {
            string line = lines[next++];
            string trimmed = line.TrimStart();
            if (trimmed.StartsWith('#'))
                continue;
            if (trimmed.Length == 0)
            {
                hasEmpty = true;
                continue;
            }
            bool goesOn = TryTrimContinuation(line, out string part);
            joined.Append(part);
            if (!goesOn)
                break;
        }
        if (hasEmpty)
            EmptyContinuations.Add(next);
        return joined.ToString();
    }

    /// <summary>True when the line goes on: it ends with one escape character; an escaped one is no continuation.</summary>
    private bool TryTrimContinuation(string line, out string text)
    {
        text = line;
        string trimmed = line.TrimEnd(' ', '\t');
        bool goesOn = trimmed.EndsWith(Escape) && !(trimmed.Length > 1 && trimmed[^2] == Escape);
        if (goesOn)
            text = trimmed[..^1];
        return goesOn;
    }

    private List<Heredoc> ReadHeredocs(string text, int start)
    {
        var heredocs = new List<Heredoc>();
        foreach (HeredocMarker marker in HeredocMarker.ReadAll(text, Escape))
            heredocs.Add(ReadHeredoc(marker, start));
        return heredocs;
    }

    private Heredoc ReadHeredoc(HeredocMarker marker, int start)
    {
        var content = new StringBuilder();
        while (next < lines.Length)
        {
            string line = lines[next++];
            if ((marker.Chomp ? line.TrimStart('\t') : line) == marker.Name)
                return new Heredoc(marker.Name, content.ToString(), marker.Expand, marker.Chomp);
            content.Append(line).Append('\n');
        }
        throw new DockerfileSyntaxException("unterminated heredoc", start, lines.Length);
    }

    private static bool MayHaveHeredocs(string text)
    {
        string[] words = text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        string word = words[0].Equals("ONBUILD", StringComparison.OrdinalIgnoreCase) && words.Length > 1 ? words[1] : words[0];
        return word.ToUpperInvariant() is "RUN" or "COPY" or "ADD";
    }
}
