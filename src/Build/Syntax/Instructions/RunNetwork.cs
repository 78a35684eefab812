namespace Argosy.Build.Syntax.Instructions;

/// <summary>RUN --network.</summary>
public enum RunNetwork
{
    /// <summary>What the build asked for.</summary>
    Default,

    /// <summary>No network but the loopback device.</summary>
    None,

    /// <summary>The host's own network.</summary>
    Host,
}
