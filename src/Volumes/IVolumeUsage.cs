namespace Argosy.Volumes;

/// <summary>Knows which containers use a volume, running or not; the engine implements it.</summary>
public interface IVolumeUsage
{
    /// <summary>The ids of the containers whose configuration names this volume.</summary>
    IReadOnlyList<string> UsersOf(string volumeName);

    /// <summary>Those of them that run now.</summary>
    IReadOnlyList<string> RunningUsersOf(string volumeName);
}
