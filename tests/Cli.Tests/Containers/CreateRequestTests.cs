using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Tests.CommandLine;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Tests.Containers;

public class CreateRequestTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["HOME"] = "/home/me" };

    private static ContainerCreateRequest Request(params string[] words)
    {
        var flags = new ContainerFlags();
        var command = new VerbCommand("", "") { IsInterspersed = false };
        flags.AddTo(command);
        command.Runs((_, _) => Task.FromResult(0));
        return flags.ToRequest(LineParser.Parse(command, words), new Attachment(false, true, true), name => Environment.GetValueOrDefault(name));
    }

    private static string Refusal(params string[] words) => Assert.ThrowsAny<Exception>(() => Request(words)).Message;

    [Fact]
    public void An_image_alone_leaves_everything_to_the_engine()
    {
        ContainerCreateRequest request = Request("busybox");

        Assert.Equal("busybox", request.Image);
        Assert.Null(request.Cmd);
        Assert.Null(request.Entrypoint);
        Assert.Null(request.Env);
        Assert.Equal("default", request.HostConfig!.NetworkMode);
        Assert.Equal("no", request.HostConfig.RestartPolicy!.Name);
        Assert.Null(request.HostConfig.PidsLimit);
        Assert.Null(request.NetworkingConfig);
        Assert.Null(request.Healthcheck);
    }

    [Fact]
    public void The_command_is_what_follows_the_image()
    {
        ContainerCreateRequest request = Request("--rm", "-w", "/tmp", "-u", "1000:1000", "busybox", "ls", "-l", "--rm");

        Assert.Equal(["ls", "-l", "--rm"], request.Cmd);
        Assert.True(request.HostConfig!.AutoRemove);
        Assert.Equal(("/tmp", "1000:1000"), (request.WorkingDir, request.User));
    }

    [Fact]
    public void An_empty_entry_point_resets_the_images() => Assert.Equal([""], Request("--entrypoint", "", "busybox").Entrypoint);

    [Fact]
    public void Environment_takes_the_clients_value_when_only_a_name_is_given() =>
        Assert.Equal(["A=b", "HOME=/home/me", "E="], Request("-e", "A=b", "-e", "HOME", "-e", "MISSING", "-e", "E=", "busybox").Env);

    [Fact]
    public void Ports_are_exposed_and_bound()
    {
        ContainerCreateRequest request = Request("-p", "8080:80", "-p", "127.0.0.1::53/udp", "-p", "9000-9001:9000-9001", "--expose", "70-71", "busybox");

        Assert.Equal(["53/udp", "70/tcp", "71/tcp", "80/tcp", "9000/tcp", "9001/tcp"], request.ExposedPorts!.Keys);
        Assert.Equal(new PortBinding { HostPort = "8080" }, Assert.Single(request.HostConfig!.PortBindings!["80/tcp"]!));
        Assert.Equal(new PortBinding { HostIp = "127.0.0.1" }, Assert.Single(request.HostConfig.PortBindings["53/udp"]!));
        Assert.Equal("9001", Assert.Single(request.HostConfig.PortBindings["9001/tcp"]!).HostPort);
    }

    [Fact]
    public void A_path_alone_is_an_anonymous_volume_and_the_rest_are_binds()
    {
        ContainerCreateRequest request = Request("-v", "/data", "-v", "cache:/cache:ro", "-v", "/a:/b", "-v", "./rel:/rel", "--tmpfs", "/run:size=1m", "busybox");

        Assert.Equal(["/data"], request.Volumes!.Keys);
        Assert.Equal(["cache:/cache:ro", "/a:/b", Path.GetFullPath("rel") + ":/rel"], request.HostConfig!.Binds);
        Assert.Equal("size=1m", request.HostConfig.Tmpfs!["/run"]);
    }

    [Fact]
    public void Limits_are_read_in_their_units()
    {
        HostConfig host = Request(
            "-m", "512m", "--memory-swap", "-1", "--cpus", "1.5", "--pids-limit", "0", "--shm-size", "64mb", "--ulimit", "nofile=1024:2048", "busybox").HostConfig!;

        Assert.Equal((512L << 20, -1L, 1_500_000_000L, 0L, 64L << 20), (host.Memory, host.MemorySwap, host.NanoCpus, host.PidsLimit!.Value, host.ShmSize));
        Assert.Equal(new Ulimit { Name = "nofile", Soft = 1024, Hard = 2048 }, Assert.Single(host.Ulimits!));
    }

    [Fact]
    public void Loose_network_options_belong_to_the_first_network()
    {
        ContainerCreateRequest request = Request("--network", "front", "--network", "name=back,alias=db,ip=10.0.0.9", "--network-alias", "web", "--ip", "10.1.0.7", "busybox");

        Assert.Equal("front", request.HostConfig!.NetworkMode);
        EndpointSettings front = request.NetworkingConfig!.EndpointsConfig!["front"]!;
        Assert.Equal(["web"], front.Aliases);
        Assert.Equal("10.1.0.7", front.IpamConfig!.IPv4Address);
        EndpointSettings back = request.NetworkingConfig.EndpointsConfig["back"]!;
        Assert.Equal(["db"], back.Aliases);
        Assert.Equal("10.0.0.9", back.IpamConfig!.IPv4Address);
    }

    [Fact]
    public void A_health_check_is_a_shell_command_with_durations_in_nanoseconds()
    {
        HealthConfig health = Request("--health-cmd", "curl -f localhost", "--health-interval", "1m30s", "--health-timeout", "500ms", "--health-retries", "3", "busybox").Healthcheck!;

        Assert.Equal(["CMD-SHELL", "curl -f localhost"], health.Test);
        Assert.Equal((90_000_000_000L, 500_000_000L, 3), (health.Interval, health.Timeout, health.Retries));
        Assert.Equal(["NONE"], Request("--no-healthcheck", "busybox").Healthcheck!.Test);
    }

    [Fact]
    public void A_mount_has_the_options_of_its_type()
    {
        Mount mount = Assert.Single(Request("--mount", "type=volume,src=data,dst=/data,volume-nocopy,volume-opt=o=uid=5,readonly", "busybox").HostConfig!.Mounts!);

        Assert.Equal(("volume", "data", "/data", true), (mount.Type, mount.Source, mount.Target, mount.ReadOnly));
        Assert.True(mount.VolumeOptions!.NoCopy);
        Assert.Equal("uid=5", mount.VolumeOptions.DriverConfig!.Options!["o"]);
        Assert.Null(mount.BindOptions);
    }

    [Fact]
    public void Security_and_devices_are_passed_on()
    {
        HostConfig host = Request(
            "--cap-drop", "ALL", "--cap-add", "NET_ADMIN", "--device", "/dev/null:/dev/x:r", "--security-opt", "no-new-privileges", "--sysctl", "net.core.somaxconn=1024",
            "--read-only", "--init", "--privileged=false", "--restart", "on-failure:3", "--add-host", "db=10.0.0.1", "busybox").HostConfig!;

        Assert.Equal(["ALL"], host.CapDrop);
        Assert.Equal(["NET_ADMIN"], host.CapAdd);
        Assert.Equal(new DeviceMapping { PathOnHost = "/dev/null", PathInContainer = "/dev/x", CgroupPermissions = "r" }, Assert.Single(host.Devices!));
        Assert.Equal("1024", host.Sysctls!["net.core.somaxconn"]);
        Assert.Equal((true, true, false), (host.ReadonlyRootfs, host.Init, host.Privileged));
        Assert.Equal(new RestartPolicy { Name = "on-failure", MaximumRetryCount = 3 }, host.RestartPolicy);
        Assert.Equal(["db:10.0.0.1"], host.ExtraHosts);
    }

    [Theory]
    [InlineData("conflicting options: cannot specify both --restart and --rm", "--rm", "--restart", "always", "busybox")]
    [InlineData("--gpus is not supported", "--gpus", "all", "busybox")]
    [InlineData("invalid argument \"zz\" for \"-m, --memory\" flag: invalid size: 'zz'", "-m", "zz", "busybox")]
    [InlineData("invalid containerPort: x", "-p", "80:x", "busybox")]
    [InlineData("invalid IP address: 1.2.3", "-p", "1.2.3:80:80", "busybox")]
    [InlineData("unexpected key 'nope'", "--mount", "nope=1,dst=/a", "busybox")]
    [InlineData("cannot mix 'bind-*' options with mount type 'tmpfs'", "--mount", "type=tmpfs,dst=/a,bind-propagation=shared", "busybox")]
    [InlineData("invalid pull option: 'x'", "--pull", "x", "busybox")]
    [InlineData("missing unit in duration", "--health-interval", "30", "busybox")]
    public void What_cannot_be_is_refused(string message, params string[] words) => Assert.Contains(message, Refusal(words), StringComparison.Ordinal);
}
