namespace Argosy.Networks.Companions;

/// <summary>A companion that this daemon started.</summary>
internal interface ICompanionProcess
{
    /// <summary>Whether it is over.</summary>
    bool HasEnded { get; }

    /// <summary>Waits for its end, and brings it about when it takes longer than that.</summary>
    Task EndAsync(TimeSpan patience);
}
