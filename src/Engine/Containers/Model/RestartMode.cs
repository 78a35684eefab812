namespace Argosy.Engine.Containers.Model;

/// <summary>no, always, unless-stopped, on-failure.</summary>
public enum RestartMode
{
    /// <summary>Never.</summary>
    No,

    /// <summary>After every exit that the user did not ask for, and at every start of the daemon.</summary>
    Always,

    /// <summary>Like always, but a container the user stopped stays stopped over a restart of the daemon.</summary>
    UnlessStopped,

    /// <summary>After exits with a code that is not zero.</summary>
    OnFailure,
}
