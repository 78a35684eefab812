namespace Argosy.Runtime;

/// <summary>Which system calls a container may make.</summary>
public sealed record SeccompSetting
{
    private SeccompSetting(bool isUnconfined, string? customProfile) => (IsUnconfined, CustomProfile) = (isUnconfined, customProfile);

    /// <summary>The host's profile file.</summary>
    public static SeccompSetting Default { get; } = new(false, null);

    /// <summary>All of them.</summary>
    public static SeccompSetting Unconfined { get; } = new(true, null);

    public bool IsUnconfined { get; }

    /// <summary>A profile in Docker's JSON format.</summary>
    public string? CustomProfile { get; }

    /// <summary>The profile that <c>--security-opt seccomp=</c> brought, as JSON text.</summary>
    public static SeccompSetting Custom(string json) => new(false, json);
}
