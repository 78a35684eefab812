using Argosy.Core;

namespace Argosy.Networks.Companions;

/// <summary>One sort of process that serves containers beside the daemon, and lives on when the daemon does not.</summary>
/// <param name="Name">"resolver": its socket's name, its log's, and the word that makes argosyd that program.</param>
/// <param name="Environment">Settings of the runtime that this one has beyond those that all have, as <c>NAME=value</c>.</param>
public sealed record CompanionKind(string Name, params string[] Environment)
{
    /// <summary>The other arguments of <c>argosyd NAME --exec-root DIRECTORY</c>.</summary>
    public const string ExecRootOption = "--exec-root";

    /// <summary>The version of this build, to the commit: a companion of another one is replaced.</summary>
    internal static string Version => $"{EngineVersion.Text}+{EngineVersion.Commit}";

    /// <summary>As ps(1) shows it; 15 characters are what the kernel keeps.</summary>
    internal string ProcessName => "argosy-" + Name;

    internal string Socket(DaemonPaths paths) => paths.CompanionSocket(Name);

    internal string Log(DaemonPaths paths) => paths.CompanionLog(Name);
}
