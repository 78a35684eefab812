namespace Argosy.Runtime.Oci;

/// <summary>
/// A profile resolved for one set of capabilities, and the BPF program that crun made of it. To compile it takes crun 15 ms of
/// processor time, more than all the rest of a start, so it is done once: crun takes the program as an annotation
/// (<c>run.oci.seccomp_bpf_data</c>, crun(1)) in place of the profile.
/// </summary>
internal sealed class SeccompFilter(OciSeccomp profile)
{
    /// <summary>crun's annotation for a compiled filter, in base64.</summary>
    public const string Annotation = "run.oci.seccomp_bpf_data";

    private volatile string? compiled;

    public OciSeccomp Profile => profile;

    /// <summary>The program in base64; null until crun has compiled it once.</summary>
    public string? Compiled => compiled;

    /// <summary>Takes over what crun compiled for a container that it has just created. Profiles with flags of their own are left to crun: they go with the profile.</summary>
    public void Learn(string stateDirectory)
    {
        string program = Path.Combine(stateDirectory, "seccomp.bpf");
        if (compiled is null && profile.Flags is null && File.Exists(program))
            compiled = Convert.ToBase64String(File.ReadAllBytes(program));
    }
}
