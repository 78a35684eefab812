using Argosy.Contract.Containers;
using Argosy.Runtime;

namespace Argosy.Api.Tests.Containers;

/// <summary>What the kernel does not know is discarded, said, and not shown as if it held.</summary>
public sealed class DiscardTests
{
    private static readonly HostFeatures Unable = new() { CpuCfs = true, Cpus = "0", Mems = "0" };

    [Theory]
    [InlineData("""{"Memory":20971520}""", "Your kernel does not support memory limit capabilities or the cgroup is not mounted. Limitation discarded.")]
    [InlineData("""{"MemorySwappiness":50}""", "Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.")]
    [InlineData("""{"OomKillDisable":true}""", "Your kernel does not support OomKillDisable. OomKillDisable discarded.")]
    [InlineData("""{"PidsLimit":10}""", "Your kernel does not support PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded.")]
    [InlineData("""{"CpuShares":10}""", "Your kernel does not support CPU shares or the cgroup is not mounted. Shares discarded.")]
    [InlineData("""{"CpusetCpus":"0"}""", "Your kernel does not support cpuset or the cgroup is not mounted. Cpuset discarded.")]
    [InlineData("""{"BlkioWeight":500}""", "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.")]
    [InlineData("""{"BlkioDeviceReadBps":[{"Path":"/dev/vda","Rate":1}]}""", "Your kernel does not support BPS Block I/O read limit or the cgroup is not mounted. Block I/O BPS read limit discarded.")]
    public void A_limit_that_this_kernel_does_not_have_is_warned_of(string host, string warning)
    {
        Assert.Equal([warning], Requests.Translate($$"""{"HostConfig":{{host}}}""", features: Unable).Warnings);
        Assert.DoesNotContain(Requests.Translate($$"""{"HostConfig":{{host}}}""").Warnings, said => said.Contains("discarded", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_without_a_swap_limit_is_shown_as_unlimited_swap()
    {
        HostConfig shown = Requests.Shown("""{"Memory":20971520}""", features: Requests.Able with { SwapLimit = false });
        Assert.Equal((20971520, -1), (shown.Memory, shown.MemorySwap));
    }

    [Fact]
    public void No_killer_and_no_limit_is_warned_of() =>
        Assert.Equal(["OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources."],
            Requests.Translate("""{"HostConfig":{"OomKillDisable":true}}""").Warnings);

    [Fact]
    public void Ports_of_a_container_with_the_hosts_network_are_warned_of() =>
        Assert.Equal(["Published ports are discarded when using host network mode"],
            Requests.Translate("""{"HostConfig":{"NetworkMode":"host","PortBindings":{"80/tcp":[{}]}}}""").Warnings);
}
