using System.Text.RegularExpressions;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>A logical line taken apart: the instruction's word, its flags and the rest, with the ways to read the rest.</summary>
internal sealed partial class InstructionText
{
    private readonly LogicalLine line;

    private InstructionText(LogicalLine line, string word, InstructionFlags flags, string rest, char escape)
    {
        this.line = line;
        (WordAsWritten, Flags, Rest, Escape) = (word, flags, rest, escape);
    }

    /// <summary>In upper case.</summary>
    public string Word => WordAsWritten.ToUpperInvariant();

    public string WordAsWritten { get; }

    public InstructionFlags Flags { get; }

    public string Rest { get; }

    public char Escape { get; }

    public string Source => line.Text;

    public int Line => line.Line;

    public int EndLine => line.EndLine;

    public IReadOnlyList<Heredoc> Heredocs => line.Heredocs;

    public static InstructionText Split(LogicalLine line, char escape)
    {
        string[] parts = WhiteSpace().Split(line.Text, 2);
        var flags = InstructionFlags.Extract(parts.Length > 1 ? parts[1].Trim() : "", escape, out string rest);
        return new InstructionText(line, parts[0], flags, rest, escape);
    }

    /// <summary>The rest split at white space, quotes or not.</summary>
    public string[] Words() => Rest.Length == 0 ? [] : WhiteSpace().Split(Rest);

    /// <summary>A JSON array of strings, or else <see cref="Words"/>.</summary>
    public IReadOnlyList<string> List() => JsonWords.TryRead(Rest, out IReadOnlyList<string>? words) ? words : Words();

    /// <summary>A JSON array of strings (exec form), or else the text itself (shell form).</summary>
    public static CommandLine Command(string text)
    {
        if (JsonWords.TryRead(text, out IReadOnlyList<string>? words))
            return new CommandLine(words, IsShellForm: false);
        return new CommandLine(text.Length == 0 ? [] : [text], IsShellForm: true);
    }

    public string ExactlyOne() =>
        Rest.Length > 0 ? Rest : throw new DockerfileSyntaxException($"{Word} requires exactly one argument");

    public IReadOnlyList<string> AtLeastOne(IReadOnlyList<string> words) => words.Count > 0 ? words : throw AtLeastOneArgument();

    public DockerfileSyntaxException AtLeastOneArgument() => new($"{Word} requires at least one argument");

    [GeneratedRegex(@"[\t\v\f\r ]+")]
    private static partial Regex WhiteSpace();
}
