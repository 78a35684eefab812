namespace Argosy.Networks.Companions;

/// <summary>Starts companions of one kind: as processes, or in the tests' own.</summary>
internal interface ICompanionStarter
{
    /// <summary>Starts one, which will listen on the control socket in a moment.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    ICompanionProcess Start();

    /// <summary>What the last one had to complain about; empty if nothing.</summary>
    string ReadLog();
}
