using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>COPY and ADD.</summary>
internal static partial class InstructionParser
{
    private static CopyInstruction ReadCopy(InstructionText text, bool isAdd)
    {
        IReadOnlyList<string> words = text.List();
        if (words.Count < 2)
            throw new DockerfileSyntaxException($"{text.Word} requires at least two arguments, but only one was provided. Destination could not be determined");
        if (HeredocMarker.Read(words[^1]) is not null)
            throw new DockerfileSyntaxException($"{text.Word} cannot accept a heredoc as a destination");
        return new CopyInstruction
        {
            Source = text.Source,
            Line = text.Line,
            EndLine = text.EndLine,
            IsAdd = isAdd,
            Sources = [.. words.SkipLast(1).Where(word => HeredocMarker.Read(word) is null)],
            Heredocs = text.Heredocs,
            Destination = words[^1],
            From = isAdd ? null : text.Flags.String("--from"),
            Chown = text.Flags.String("--chown"),
            Chmod = text.Flags.String("--chmod"),
            Checksum = isAdd ? text.Flags.String("--checksum") : null,
            Exclude = text.Flags.Strings("--exclude"),
            Link = text.Flags.Switch("--link"),
            Parents = !isAdd && text.Flags.Switch("--parents"),
            KeepGitDirectory = isAdd && text.Flags.Switch("--keep-git-dir"),
            Unpack = isAdd && text.Flags.Has("--unpack") ? text.Flags.Switch("--unpack") : null,
        };
    }
}
