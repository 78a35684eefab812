using System.Text.RegularExpressions;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>One logical line to one instruction: the word decides who reads the rest.</summary>
internal static partial class InstructionParser
{
    private delegate Instruction Reader(InstructionText text);

    private static readonly Dictionary<string, Reader> Readers = new(StringComparer.Ordinal)
    {
        ["ADD"] = text => ReadCopy(text, isAdd: true),
        ["ARG"] = ReadArg,
        ["CMD"] = ReadCmd,
        ["COPY"] = text => ReadCopy(text, isAdd: false),
        ["ENTRYPOINT"] = ReadEntrypoint,
        ["ENV"] = ReadEnv,
        ["EXPOSE"] = ReadExpose,
        ["FROM"] = ReadFrom,
        ["HEALTHCHECK"] = ReadHealthcheck,
        ["LABEL"] = ReadLabel,
        ["MAINTAINER"] = ReadMaintainer,
        ["ONBUILD"] = ReadOnbuild,
        ["RUN"] = ReadRun,
        ["SHELL"] = ReadShell,
        ["STOPSIGNAL"] = ReadStopSignal,
        ["USER"] = ReadUser,
        ["VOLUME"] = ReadVolume,
        ["WORKDIR"] = ReadWorkdir,
    };

    public static Instruction Parse(LogicalLine line, char escape)
    {
        try
        {
            InstructionText text = InstructionText.Split(line, escape);
            if (!Readers.TryGetValue(text.Word, out Reader? reader))
                throw new DockerfileSyntaxException($"unknown instruction: {text.WordAsWritten}{NearestWord.Hint(text.Word, Readers.Keys)}");
            Instruction instruction = reader(text);
            text.Flags.RejectUnknown();
            return instruction;
        }
        catch (DockerfileSyntaxException exception)
        {
            throw exception.On(line.Line, line.EndLine);
        }
    }

    private static FromInstruction ReadFrom(InstructionText text)
    {
        string[] words = text.Words();
        bool named = words.Length == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase);
        if (words.Length != 1 && !named)
            throw new DockerfileSyntaxException("FROM requires either one or three arguments");
        string? name = named ? words[2].ToLowerInvariant() : null;
        if (name is not null && !StageName().IsMatch(name))
            throw new DockerfileSyntaxException($"invalid name for build stage: \"{words[2]}\", name can't start with a number or contain symbols");
        return new FromInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Image = words[0], StageName = name, Platform = text.Flags.String("--platform") };
    }

    private static ArgInstruction ReadArg(InstructionText text)
    {
        List<string> words = WordSplitter.Split(text.Rest, text.Escape);
        if (words.Count == 0)
            throw text.AtLeastOneArgument();
        return new ArgInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Declarations = [.. words.Select(Declaration)] };
    }

    private static ArgDeclaration Declaration(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals switch
        {
            < 0 => new ArgDeclaration(word, null),
            0 => throw new DockerfileSyntaxException("ARG names can not be blank"),
            _ => new ArgDeclaration(word[..equals], word[(equals + 1)..]),
        };
    }

    private static EnvInstruction ReadEnv(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Variables = ReadPairs(text), IsOldForm = IsOldForm(text) };

    private static LabelInstruction ReadLabel(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Labels = ReadPairs(text), IsOldForm = IsOldForm(text) };

    /// <summary><c>NAME=value …</c>, or the old form <c>NAME the rest of the line</c>: the first word decides.</summary>
    private static List<KeyValue> ReadPairs(InstructionText text)
    {
        List<string> words = WordSplitter.Split(text.Rest, text.Escape);
        if (words.Count == 0)
            throw text.AtLeastOneArgument();
        return IsOldForm(text) ? [ReadOldPair(text)] : [.. words.Select(word => ReadPair(text.Word, word))];
    }

    private static bool IsOldForm(InstructionText text) => !WordSplitter.Split(text.Rest, text.Escape)[0].Contains('=', StringComparison.Ordinal);

    private static KeyValue ReadOldPair(InstructionText text)
    {
        Match match = WhiteSpace().Match(text.Rest);
        if (!match.Success)
            throw new DockerfileSyntaxException($"{text.Word} must have two arguments");
        return new KeyValue(text.Rest[..match.Index], text.Rest[(match.Index + match.Length)..]);
    }

    private static KeyValue ReadPair(string instruction, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals switch
        {
            < 0 => throw new DockerfileSyntaxException($"Syntax error - can't find = in \"{word}\". Must be of the form: name=value"),
            0 => throw new DockerfileSyntaxException($"{instruction} names can not be blank"),
            _ => new KeyValue(word[..equals], word[(equals + 1)..]),
        };
    }

    private static WorkdirInstruction ReadWorkdir(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Path = text.ExactlyOne() };

    private static UserInstruction ReadUser(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, User = text.ExactlyOne() };

    private static StopSignalInstruction ReadStopSignal(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Signal = text.ExactlyOne() };

    private static MaintainerInstruction ReadMaintainer(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Author = text.ExactlyOne() };

    private static ExposeInstruction ReadExpose(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Ports = text.AtLeastOne(text.Words()) };

    private static VolumeInstruction ReadVolume(InstructionText text)
    {
        IReadOnlyList<string> paths = [.. text.AtLeastOne(text.List()).Select(path => path.Trim())];
        if (paths.Contains(""))
            throw new DockerfileSyntaxException("VOLUME specified can not be an empty string");
        return new VolumeInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Paths = paths };
    }

    private static OnbuildInstruction ReadOnbuild(InstructionText text)
    {
        if (text.Rest.Length == 0)
            throw text.AtLeastOneArgument();
        string word = text.Words()[0].ToUpperInvariant();
        if (word == "ONBUILD")
            throw new DockerfileSyntaxException("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        if (word is "MAINTAINER" or "FROM")
            throw new DockerfileSyntaxException($"{word} isn't allowed as an ONBUILD trigger");
        // Parsed now, so that a mistake is found by who made it, and not by who builds on the image.
        Parse(new LogicalLine(text.Rest, text.Line, text.EndLine, text.Heredocs), text.Escape);
        string trigger = string.Concat([text.Rest, .. text.Heredocs.Select(heredoc => $"\n{heredoc.Content}{heredoc.Name}")]);
        return new OnbuildInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Trigger = trigger };
    }

    [GeneratedRegex("^[a-z][a-z0-9-_.]*$")]
    private static partial Regex StageName();

    [GeneratedRegex(@"[\t\v\f\r ]+")]
    private static partial Regex WhiteSpace();
}
