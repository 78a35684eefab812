using Argosy.Contract.Stacks;

namespace Argosy.Compose.Tests;

public class ShortSyntaxTests
{
    private static string Show(StackPort port) => $"{port.HostIp}|{port.Published}|{port.Target}|{port.Protocol}";

    [Theory]
    [InlineData("80", "||80|tcp")]
    [InlineData("8080:80", "|8080|80|tcp")]
    [InlineData("8080:80/udp", "|8080|80|udp")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1|8080|80|tcp")]
    [InlineData("127.0.0.1::80", "127.0.0.1||80|tcp")]
    [InlineData("[::1]:8080:80", "::1|8080|80|tcp")]
    [InlineData("8000-8010:80", "|8000-8010|80|tcp")]
    [InlineData("3000-3001", "||3000|tcp,||3001|tcp")]
    [InlineData("9000-9001:3000-3001", "|9000|3000|tcp,|9001|3001|tcp")]
    public void Ports(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', ProjectFolder.Service($"ports: [\"{text}\"]").Ports.Select(Show)));

    [Fact]
    public void Ports_have_a_long_syntax() =>
        Assert.Equal("0.0.0.0|8080|80|udp", Show(ProjectFolder.Service("ports:\n  - target: 80\n    published: 8080\n    host_ip: 0.0.0.0\n    protocol: udp\n    mode: host").Ports[0]));

    [Theory]
    [InlineData("web:80")]
    [InlineData("70000:80")]
    [InlineData("80/icmp")]
    [InlineData("1-2:1-3")]
    public void Bad_ports_name_their_line(string text) =>
        Assert.StartsWith("compose.yaml:4: invalid port", ProjectFolder.ServiceError($"ports: [\"{text}\"]").Replace("invalid containerPort or hostPort", "invalid port", StringComparison.Ordinal));

    [Theory]
    [InlineData("/data", "volume||/data|")]
    [InlineData("data:/data", "volume|data|/data|")]
    [InlineData("data:/data:ro", "volume|data|/data|True")]
    [InlineData("/a:/b:ro", "bind|/a|/b|True")]
    [InlineData("~/a:/b", "bind|/home/me/a|/b|")]
    public void Volumes(string text, string expected)
    {
        StackMount mount = ProjectFolder.Parse($"services:\n  a:\n    image: b\n    volumes: [\"{text}\"]\nvolumes:\n  data:").Services["a"].Volumes[0];
        Assert.Equal(expected, $"{mount.Type}|{mount.Source}|{mount.Target}|{mount.ReadOnly}");
    }

    [Fact]
    public void A_relative_bind_mount_is_relative_to_the_project()
    {
        using ProjectFolder folder = new ProjectFolder().With("compose.yaml", "services:\n  a:\n    image: b\n    volumes: [./x:/x:rshared]");
        StackMount mount = folder.Load().Spec.Services["a"].Volumes[0];
        Assert.Equal((folder.Path + "/x", true, "rshared"), (mount.Source, mount.Bind!.CreateHostPath, mount.Bind.Propagation));
    }

    [Fact]
    public void Commands_are_split_or_taken_as_they_are()
    {
        StackService service = ProjectFolder.Service("command: sh -c 'a b'\nentrypoint: [\"x y\"]");
        Assert.Equal(["sh", "-c", "a b"], service.Command);
        Assert.Equal(["x y"], service.Entrypoint);
        Assert.Null(ProjectFolder.Service("command:").Command);
        Assert.Empty(ProjectFolder.Service("command: []").Command!);
    }

    [Fact]
    public void Lists_and_mappings_of_names_and_values_mean_the_same()
    {
        StackService list = ProjectFolder.Service("environment: [A=1, \"B=x=y\"]\nlabels: [l=1]\nsysctls: [net.core.somaxconn=1]\nextra_hosts: [\"h:1.2.3.4\", \"i=::1\"]");
        StackService map = ProjectFolder.Service("environment: {A: 1, B: x=y}\nlabels: {l: \"1\"}\nsysctls: {net.core.somaxconn: 1}\nextra_hosts: {h: 1.2.3.4, i: \"::1\"}");
        Assert.Equal(list.Environment, map.Environment);
        Assert.Equal(list.Labels, map.Labels);
        Assert.Equal(list.Sysctls, map.Sysctls);
        Assert.Equal(["h=1.2.3.4", "i=::1"], list.ExtraHosts);
        Assert.Equal(list.ExtraHosts, map.ExtraHosts);
    }

    [Fact]
    public void Dependencies_have_two_forms()
    {
        const string Rest = "\n  b:\n    image: x\n  c:\n    image: x";
        Assert.Equal("service_started", ProjectFolder.Parse("services:\n  a:\n    image: x\n    depends_on: [b]" + Rest).Services["a"].DependsOn["b"].Condition);
        StackDependency dependency = ProjectFolder.Parse("services:\n  a:\n    image: x\n    depends_on: {b: {condition: service_healthy, restart: true, required: false}}" + Rest).Services["a"].DependsOn["b"];
        Assert.Equal(("service_healthy", true, false), (dependency.Condition, dependency.Restart!.Value, dependency.Required));
    }

    [Fact]
    public void Health_checks_limits_and_the_rest_are_typed()
    {
        StackService service = ProjectFolder.Service("""
            healthcheck: {test: curl -f localhost, interval: 1m30s, retries: 3, start_period: 500ms}
            deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M, pids: 10}}, restart_policy: {condition: on-failure, max_attempts: 3}}
            ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}}
            tmpfs: /run
            dns: 1.1.1.1
            init: true
            read_only: "yes"
            stop_grace_period: 1m
            shm_size: 2gb
            mem_limit: 100m
            cpus: 1.5
            """);
        Assert.Equal(["CMD-SHELL", "curl -f localhost"], service.Healthcheck!.Test);
        Assert.Equal(TimeSpan.FromSeconds(90), service.Healthcheck.Interval);
        Assert.Equal((0.5, 64L << 20, 10L), (service.Deploy!.Resources!.Limits!.Cpus, service.Deploy.Resources.Limits.Memory, service.Deploy.Resources.Limits.Pids));
        Assert.Equal(("on-failure", 3), (service.Deploy.RestartPolicy!.Condition, service.Deploy.RestartPolicy.MaxAttempts));
        Assert.Equal((65535L, 2L), (service.Ulimits["nproc"].Hard, service.Ulimits["nofile"].Hard));
        Assert.Equal(["/run"], service.Tmpfs);
        Assert.Equal(["1.1.1.1"], service.Dns);
        Assert.Equal((true, true, TimeSpan.FromMinutes(1), 2L << 30, 100L << 20, 1.5), (service.Init, service.ReadOnly, service.StopGracePeriod, service.ShmSize, service.MemLimit, service.Cpus));
        Assert.Equal(2, service.WantedReplicas());
    }

    [Theory]
    [InlineData("0440", 288)]
    [InlineData("\"0440\"", 288)]
    [InlineData("\"440\"", 288)]
    [InlineData("288", 288)]
    public void Modes_are_octal_as_YAML_has_it(string mode, int expected)
    {
        StackSpec spec = ProjectFolder.Parse($"services:\n  a:\n    image: x\n    secrets: [{{source: s, target: t, mode: {mode}}}]\nsecrets:\n  s: {{file: ./s}}");
        Assert.Equal(expected, spec.Services["a"].Secrets[0].Mode);
    }
}
