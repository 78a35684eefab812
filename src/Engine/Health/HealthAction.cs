namespace Argosy.Engine.Health;

/// <summary>What is done with a container that becomes unhealthy; asked for by a label, because Docker has no field for it.</summary>
internal enum HealthAction
{
    /// <summary>Nothing; that is Docker's behaviour.</summary>
    None,

    /// <summary>Stopped as by <c>docker stop</c>: the restart policy rests.</summary>
    Stop,

    /// <summary>Killed; the restart policy decides what comes next.</summary>
    Kill,

    /// <summary>Restarted as by <c>docker restart</c>.</summary>
    Restart,
}
