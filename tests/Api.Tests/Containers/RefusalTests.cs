namespace Argosy.Api.Tests.Containers;

/// <summary>dockerd's words for what it refuses; each was taken from a dockerd that was asked the same.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"Memory":1000}""", "Minimum memory limit allowed is 6MB")]
    [InlineData("""{"Memory":-5}""", "Minimum memory limit allowed is 6MB")]
    [InlineData("""{"MemorySwap":10485760}""", "You should always set the Memory limit when using Memoryswap limit, see usage")]
    [InlineData("""{"Memory":20971520,"MemorySwap":10485760}""", "Minimum memoryswap limit should be larger than memory limit, see usage")]
    [InlineData("""{"MemorySwappiness":101}""", "Invalid value: 101, valid memory swappiness range is 0-100")]
    [InlineData("""{"MemoryReservation":1000}""", "Minimum memory reservation allowed is 6MB")]
    [InlineData("""{"Memory":20971520,"MemoryReservation":31457280}""", "Minimum memory limit can not be less than memory reservation limit, see usage")]
    [InlineData("""{"NanoCpus":1000000000,"CpuPeriod":10000}""", "Conflicting options: Nano CPUs and CPU Period cannot both be set")]
    [InlineData("""{"NanoCpus":1000000000,"CpuQuota":10000}""", "Conflicting options: Nano CPUs and CPU Quota cannot both be set")]
    [InlineData("""{"NanoCpus":5000000000}""", "range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available")]
    [InlineData("""{"CpuPeriod":10}""", "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)")]
    [InlineData("""{"CpuQuota":10}""", "CPU cfs quota can not be less than 1ms (i.e. 1000)")]
    [InlineData("""{"CpusetCpus":"x"}""", "Invalid value x for cpuset cpus: invalid format: x")]
    [InlineData("""{"CpusetCpus":"0-9"}""", "Requested CPUs are not available - requested 0-9, available: 0-3")]
    [InlineData("""{"CpusetMems":"7"}""", "Requested memory nodes are not available - requested 7, available: 0")]
    [InlineData("""{"CpuRealtimePeriod":1000,"CpuRealtimeRuntime":2000}""", "cpu real-time runtime cannot be higher than cpu real-time period")]
    [InlineData("""{"BlkioWeight":5}""", "Range of blkio weight is from 10 to 1000")]
    [InlineData("""{"ShmSize":-1}""", "SHM size can not be less than 0")]
    [InlineData("""{"OomScoreAdj":2000}""", "Invalid value 2000, range for oom score adj is [-1000, 1000]")]
    [InlineData("""{"CgroupnsMode":"x"}""", "invalid cgroup namespace mode: x")]
    [InlineData("""{"IpcMode":"x"}""", "invalid IPC mode: x")]
    [InlineData("""{"PidMode":"container:"}""", "invalid PID mode: container:")]
    [InlineData("""{"ExtraHosts":["bad"]}""", "bad format for add-host: \"bad\"")]
    [InlineData("""{"ExtraHosts":["a:zz"]}""", "invalid IP address in add-host: \"zz\"")]
    [InlineData("""{"CapAdd":["FOO"]}""", "invalid CapAdd: unknown capability: \"CAP_FOO\"")]
    [InlineData("""{"CapDrop":["FOO"]}""", "invalid CapDrop: unknown capability: \"CAP_FOO\"")]
    [InlineData("""{"SecurityOpt":["foo"]}""", "invalid --security-opt 1: \"foo\"")]
    [InlineData("""{"SecurityOpt":["foo=bar"]}""", "invalid --security-opt 2: \"foo=bar\"")]
    [InlineData("""{"Tmpfs":{"rel":""}}""", "invalid mount path: 'rel' mount path must be absolute")]
    [InlineData("""{"Tmpfs":{"/":""}}""", "invalid specification: destination can't be '/'")]
    [InlineData("""{"PortBindings":{"80/tcp":[{"HostPort":"99999"}]}}""", "invalid port specification: \"99999\"")]
    [InlineData("""{"NetworkMode":"container:"}""", "invalid network mode: invalid container format container:<name|id>")]
    [InlineData("""{"NetworkMode":"container:x","Links":["a:b"]}""", "conflicting options: container type network can't be used with links. This would result in undefined behavior")]
    [InlineData("""{"NetworkMode":"host","Links":["a:b"]}""", "conflicting options: host type networking can't be used with links. This would result in undefined behavior")]
    [InlineData("""{"NetworkMode":"container:x","ExtraHosts":["a:1.2.3.4"]}""", "conflicting options: custom host-to-IP mapping and the network mode")]
    [InlineData("""{"NetworkMode":"container:x","PublishAllPorts":true}""", "conflicting options: port publishing and the container type network mode")]
    public void What_HostConfig_cannot_ask_for(string host, string words) =>
        Assert.Equal(words, Requests.Refusal($$"""{"HostConfig":{{host}}}"""));

    [Theory]
    [InlineData("/x:ro:z:y", "invalid volume specification: '/x:ro:z:y'")]
    [InlineData("", "invalid volume specification: ''")]
    [InlineData("/tmp:/x:foo", "invalid mode: foo")]
    [InlineData("/tmp:/x:ro,rw", "invalid mode: ro,rw")]
    [InlineData("/tmp:/x:shared,slave", "invalid mode: shared,slave")]
    [InlineData("ab:b", "invalid volume specification: 'ab:b': invalid mount config for type \"volume\": invalid mount path: 'b' mount path must be absolute")]
    [InlineData("/tmp:/", "invalid volume specification: '/tmp:/': invalid mount config for type \"bind\": invalid specification: destination can't be '/'")]
    [InlineData("name:/x:shared", "invalid volume specification: 'name:/x:shared': invalid mount config for type \"volume\": field BindOptions must not be specified")]
    [InlineData("/tmp:/x:nocopy", "invalid volume specification: '/tmp:/x:nocopy': invalid mount config for type \"bind\": field VolumeOptions must not be specified")]
    public void What_a_bind_cannot_be(string bind, string words) =>
        Assert.Equal(words, Requests.Refusal("{\"HostConfig\":{\"Binds\":[\"" + bind + "\"]}}"));

    [Theory]
    [InlineData("""{"Type":"tmpfs"}""", "tmpfs", "field Target must not be empty")]
    [InlineData("""{"Type":"x","Target":"/x"}""", "x", "mount type unknown")]
    [InlineData("""{"Type":"tmpfs","Target":"x"}""", "tmpfs", "invalid mount path: 'x' mount path must be absolute")]
    [InlineData("""{"Type":"tmpfs","Target":"/x","Source":"y"}""", "tmpfs", "field Source must not be specified")]
    [InlineData("""{"Type":"bind","Target":"/x"}""", "bind", "field Source must not be empty")]
    [InlineData("""{"Type":"bind","Target":"/x","Source":"/tmp","VolumeOptions":{}}""", "bind", "field VolumeOptions must not be specified")]
    [InlineData("""{"Type":"bind","Target":"/x","Source":"/tmp","BindOptions":{"Propagation":"zz"}}""", "bind", "invalid propagation mode: zz")]
    [InlineData("""{"Type":"volume","Target":"/x","ReadOnly":true}""", "volume", "must not set ReadOnly mode when using anonymous volumes")]
    [InlineData("""{"Type":"volume","Target":"/x","Source":"vol","VolumeOptions":{"Subpath":"../y"}}""", "volume", "subpath must be a relative path within the volume")]
    [InlineData("""{"Type":"tmpfs","Target":"/x","TmpfsOptions":{"Options":[["mpol","x"]]}}""", "tmpfs", "invalid option: mpol=x")]
    [InlineData("""{"Type":"image","Target":"/x"}""", "image", "field Source must not be empty")]
    [InlineData("""{"Type":"image","Target":"/x","Source":"busybox","ImageOptions":{"Subpath":"../y"}}""", "image", "subpath must be a relative path within the image")]
    [InlineData("""{"Type":"bind","Target":"/x","Source":"/tmp","ImageOptions":{}}""", "bind", "field ImageOptions must not be specified")]
    public void What_a_mount_cannot_be(string mount, string type, string words) =>
        Assert.Equal($"invalid mount config for type \"{type}\": {words}", Requests.Refusal("{\"HostConfig\":{\"Mounts\":[" + mount + "]}}"));

    [Theory]
    [InlineData("""{"DeviceRequests":[{"Count":-1}]}""", "DeviceRequests")]
    [InlineData("""{"StorageOpt":{"size":"1G"}}""", "StorageOpt")]
    [InlineData("""{"UsernsMode":"keep-id"}""", "USER mode")]
    [InlineData("""{"CpuCount":1}""", "CpuCount")]
    [InlineData("""{"IOMaximumIOps":1}""", "IOMaximumIOps")]
    [InlineData("""{"IOMaximumBandwidth":1}""", "IOMaximumBandwidth")]
    [InlineData("""{"Isolation":"hyperv"}""", "isolation")]
    [InlineData("""{"Cgroup":"container:x"}""", "Cgroup")]
    [InlineData("""{"Mounts":[{"Type":"cluster","Source":"x","Target":"/x"}]}""", "cluster")]
    public void What_is_not_done_is_refused_by_name(string host, string name) =>
        Assert.Contains(name, Requests.Refusal($$"""{"HostConfig":{{host}}}"""), StringComparison.Ordinal);

    [Fact]
    public void The_hosts_name_cannot_be_changed() =>
        Assert.Equal("conflicting options: hostname and the UTS mode", Requests.Refusal("""{"Hostname":"h","HostConfig":{"UTSMode":"host"}}"""));

    [Fact]
    public void An_anonymous_volume_needs_a_driver_that_is_there() =>
        Assert.Equal(
            "error looking up volume plugin nosuch: plugin \"nosuch\" not found",
            Requests.Refusal("""{"Volumes":{"/data":{}},"HostConfig":{"VolumeDriver":"nosuch"}}"""));
}
