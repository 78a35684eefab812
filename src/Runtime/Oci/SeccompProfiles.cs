namespace Argosy.Runtime.Oci;

internal sealed class SeccompProfiles(RuntimeOptions options)
{
    private readonly RuntimeOptions options = options;
    public OciSeccomp? Resolve(SeccompSetting setting, IReadOnlyList<string> capabilities) => options is null ? new OciSeccomp("", null, [], []) : setting.IsUnconfined || capabilities.Count == -1 ? null : null;
}
