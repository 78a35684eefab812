using System.Collections;
using System.Runtime.InteropServices;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Networks.Companions;

/// <summary>Starts a companion as <c>argosyd NAME</c>: this executable, in a session of its own, with no descriptor but its log.</summary>
internal sealed class CompanionSpawner(CompanionKind kind, DaemonPaths paths) : ICompanionStarter
{
    private const int StandardError = 2, LogTail = 2000;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Not the file's name: after an upgrade that is another program than this one.
    private const string ThisProgram = "/proc/self/exe";

    /// <summary>
    /// What keeps it small: garbage is collected after each megabyte (the number is hexadecimal), and one thread polls sockets; and what keeps
    /// /tmp clean: no debugger's socket, which a kill would leave there.
    /// </summary>
    private static readonly string[] Environment =
        ["DOTNET_GCgen0size=100000", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT=1", "DOTNET_EnableDiagnostics=0"];

    /// <inheritdoc/>
    public ICompanionProcess Start()
    {
        using var log = new FileStream(kind.Log(paths), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = OnlyOwner });
        return new SpawnedCompanion(ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = ThisProgram,
            Args = ["argosyd", kind.Name, CompanionKind.ExecRootOption, paths.ExecRoot],
            Environment = [.. Inherited(), .. Environment, .. kind.Environment],
            WorkingDirectory = "/",
            Descriptors = [new KeyValuePair<int, SafeHandle>(StandardError, log.SafeFileHandle)],
        }));
    }

    /// <inheritdoc/>
    public string ReadLog()
    {
        try
        {
            string text = File.ReadAllText(kind.Log(paths)).Trim();
            return text.Length > LogTail ? text[^LogTail..] : text;
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Where a build that is not compiled ahead of time finds its runtime.</summary>
    private static IEnumerable<string> Inherited() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}").Where(text => text.StartsWith("DOTNET_ROOT", StringComparison.Ordinal));
}
