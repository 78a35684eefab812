using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks.Tests;

public class ContainerRequestsTests
{
    private static ContainerCreateRequest Request(string yaml, string service = "a")
    {
        StackSpec spec = StackHost.Spec(yaml);
        return ContainerRequests.Of(new RequestContext
        {
            Spec = spec,
            Service = service,
            Number = 2,
            Name = $"p-{service}-2",
            ImageId = "sha256:1",
            ContainerOf = name => name + "-id",
            FileOf = (_, reference, isSecret) => $"/files/{(isSecret ? "secrets" : "configs")}/{reference.Source}",
        });
    }

    [Fact]
    public void Labels_are_Docker_Composes()
    {
        IReadOnlyDictionary<string, string> labels = Request("services:\n  a: {image: x, labels: [own=1], depends_on: {b: {condition: service_healthy, restart: true}}}\n  b: {image: x}").Labels!;
        Assert.Equal("1", labels["own"]);
        Assert.Equal("p", labels["com.docker.compose.project"]);
        Assert.Equal("a", labels["com.docker.compose.service"]);
        Assert.Equal("2", labels["com.docker.compose.container-number"]);
        Assert.Equal("False", labels["com.docker.compose.oneoff"]);
        Assert.Equal("/project", labels["com.docker.compose.project.working_dir"]);
        Assert.Equal("-", labels["com.docker.compose.project.config_files"]);
        Assert.Equal("b:service_healthy:true", labels["com.docker.compose.depends_on"]);
        Assert.Equal("sha256:1", labels["com.docker.compose.image"]);
        Assert.Equal(64, labels["com.docker.compose.config-hash"].Length);
    }

    [Fact]
    public void Networks_have_the_service_and_the_container_as_names()
    {
        ContainerCreateRequest request = Request("services: {a: {image: x, networks: {n: {aliases: [z], ipv4_address: 10.1.1.9}, m: {priority: 5}}}}\nnetworks: {n: {}, m: {}}");
        Assert.Equal("p_m", request.HostConfig!.NetworkMode);
        EndpointSettings endpoint = request.NetworkingConfig!.EndpointsConfig!["p_n"]!;
        Assert.Equal(["p-a-2", "a", "z"], endpoint.Aliases);
        Assert.Equal("10.1.1.9", endpoint.IpamConfig!.IPv4Address);
    }

    [Fact]
    public void A_shared_namespace_names_the_other_container()
    {
        ContainerCreateRequest request = Request("services: {a: {image: x, network_mode: \"service:b\", pid: \"service:b\"}, b: {image: x}}");
        Assert.Equal(("container:b-id", "container:b-id"), (request.HostConfig!.NetworkMode, request.HostConfig.PidMode));
        Assert.Empty(request.NetworkingConfig!.EndpointsConfig!);
    }

    [Fact]
    public void Limits_come_from_deploy_before_the_old_keys()
    {
        HostConfig host = Request("services: {a: {image: x, mem_limit: 1m, cpus: 3, deploy: {resources: {limits: {cpus: '0.25', memory: 64m, pids: 7}, reservations: {memory: 32m}}}}}").HostConfig!;
        Assert.Equal((64L << 20, 250_000_000L, 7L, 32L << 20), (host.Memory, host.NanoCpus, host.PidsLimit!.Value, host.MemoryReservation));
    }

    [Theory]
    [InlineData("restart: on-failure:3", "on-failure", 3)]
    [InlineData("restart: unless-stopped", "unless-stopped", 0)]
    [InlineData("deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}", "on-failure", 2)]
    [InlineData("deploy: {restart_policy: {condition: any}}", "unless-stopped", 0)]
    [InlineData("user: u", "no", 0)]
    public void Restart_policies(string field, string name, int retries)
    {
        RestartPolicy policy = Request("services: {a: {image: x, " + field + "}}").HostConfig!.RestartPolicy!;
        Assert.Equal((name, retries), (policy.Name, policy.MaximumRetryCount));
    }

    [Fact]
    public void Mounts_secrets_and_configs()
    {
        IReadOnlyList<Mount> mounts = Request("""
            services:
              a:
                image: x
                volumes: ["v:/v", /anon, "./src:/src:ro", {type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 01777}}, {type: image, source: "tools:1", target: /tools, image: {subpath: bin}}]
                secrets: [s, {source: s, target: other}]
                configs: [c, {source: c, target: /etc/c}]
            volumes: {v: {}}
            secrets: {s: {file: ./s}}
            configs: {c: {content: hello}}
            """).HostConfig!.Mounts!;
        Assert.Equal(
            ["volume p_v /v False", "volume  /anon False", "bind /project/src /src True", "tmpfs  /t False", "image tools:1 /tools False", "bind /files/secrets/s /run/secrets/s True", "bind /files/secrets/s /run/secrets/other True", "bind /files/configs/c /c True", "bind /files/configs/c /etc/c True"],
            mounts.Select(mount => $"{mount.Type} {mount.Source} {mount.Target} {mount.ReadOnly}"));
        Assert.True(mounts[2].BindOptions!.CreateMountpoint);
        Assert.Equal("bin", mounts[4].ImageOptions!.Subpath);
        Assert.False(mounts[5].BindOptions?.CreateMountpoint ?? false);
        Assert.Equal((1L << 20, 1023), (mounts[3].TmpfsOptions!.SizeBytes, mounts[3].TmpfsOptions!.Mode));
    }

    [Fact]
    public void Ports_processes_and_health()
    {
        ContainerCreateRequest request = Request("""
            services:
              a:
                image: x
                ports: ["8080:80", "127.0.0.1::81/udp"]
                expose: [90]
                command: run it
                entrypoint: []
                environment: [A=1, B]
                stop_grace_period: 1500ms
                healthcheck: {interval: 2s}
                extra_hosts: [h:1.2.3.4]
                tmpfs: ["/run:size=1m", /tmp]
            """);
        Assert.Equal("8080", request.HostConfig!.PortBindings!["80/tcp"]![0].HostPort);
        Assert.Equal(("127.0.0.1", ""), (request.HostConfig.PortBindings["81/udp"]![0].HostIp, request.HostConfig.PortBindings["81/udp"]![0].HostPort));
        Assert.Equal(["80/tcp", "81/udp", "90/tcp"], request.ExposedPorts!.Keys.Order());
        Assert.Equal(["run", "it"], request.Cmd);
        Assert.Equal([""], request.Entrypoint);
        Assert.Equal(["A=1", "B"], request.Env);
        Assert.Equal(2, request.StopTimeout);
        Assert.Equal((2_000_000_000L, null), (request.Healthcheck!.Interval, request.Healthcheck.Test));
        Assert.Equal(["h:1.2.3.4"], request.HostConfig.ExtraHosts);
        Assert.Equal(("size=1m", ""), (request.HostConfig.Tmpfs!["/run"], request.HostConfig.Tmpfs["/tmp"]));
    }
}
