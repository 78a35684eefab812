using Argosy.Api.Http;
using Argosy.Api.Routes.Containers;
using Argosy.Contract.Containers;
using Argosy.Engine.Exec;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Exec;

/// <summary>Makes the engine's request of an exec create request. Every field is honoured or refused by name.</summary>
internal static class ExecTranslator
{
    internal static ExecRequest Translate(ExecCreateRequest asked, ApiVersion version)
    {
        KeysOf(asked.DetachKeys);
        return new ExecRequest
        {
            Command = asked.Cmd ?? [],
            Env = asked.Env ?? [],
            User = asked.User.Length > 0 ? asked.User : null,
            WorkingDirectory = asked.WorkingDir.Length > 0 ? asked.WorkingDir : null,
            Privileged = asked.Privileged,
            Tty = asked.Tty,
            AttachStdin = asked.AttachStdin,
            AttachStdout = asked.AttachStdout,
            AttachStderr = asked.AttachStderr,
            ConsoleSize = Size(asked.ConsoleSize, version),
            DetachKeys = asked.DetachKeys,
        };
    }

    /// <summary>Rows and columns; not looked at before API 1.42.</summary>
    internal static TerminalSize? Size(IReadOnlyList<int>? size, ApiVersion version) =>
        version >= new ApiVersion(1, 42) && size is [> 0 and var rows, > 0 and var columns] ? new TerminalSize((ushort)rows, (ushort)columns) : null;

    internal static DetachSequence KeysOf(string text) => DetachSequence.Parse(text, $"Invalid escape keys ({text}) provided");
}
