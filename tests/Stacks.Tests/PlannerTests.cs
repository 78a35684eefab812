using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks.Tests;

public class PlannerTests
{
    private const string Two = """
        services:
          web: {image: busybox, depends_on: [db]}
          db: {image: redis, volumes: ["data:/data"]}
        volumes: {data: {}}
        """;

    private static string Show(StackPlan plan) => string.Join("; ", plan.Services.Select(service => service.Service + ": " + string.Join(", ", service.Steps.Select(step => $"{step.GetType().Name} {step.Name}"))));

    private static ObservedContainer Container(StackSpec spec, string service, int number = 1, string? hash = null, string? name = null, string? replaces = null, string? id = null) => new()
    {
        Id = id ?? $"{service}-{number}-id",
        Name = name ?? $"p-{service}-{number}",
        ImageId = spec.Services.TryGetValue(service, out StackService? known) && known.Image == "redis" ? "sha256:2" : "sha256:1",
        Status = ObservedStatus.Running,
        Labels = new Dictionary<string, string>
        {
            [ComposeLabels.Project] = "p",
            [ComposeLabels.Service] = service,
            [ComposeLabels.ContainerNumber] = $"{number}",
            [ComposeLabels.ConfigHash] = hash ?? (spec.Services.ContainsKey(service) ? ConfigHash.Of(spec, service) : ""),
            [ComposeLabels.Replace] = replaces ?? "",
        },
    };

    private static Observed Seen(params ObservedContainer[] containers) => new()
    {
        Containers = containers,
        Networks = [new ObservedResource("p_default", new Dictionary<string, string> { [ComposeLabels.Network] = "default", [ComposeLabels.Project] = "p" })],
        Volumes = [new ObservedResource("p_data", new Dictionary<string, string> { [ComposeLabels.Volume] = "data", [ComposeLabels.Project] = "p" })],
        Images = new Dictionary<string, string> { ["web"] = "sha256:1", ["db"] = "sha256:2" },
    };

    [Fact]
    public void Nothing_there_is_all_created_in_order_of_dependency()
    {
        StackPlan plan = Planner.Up(StackHost.Spec(Two), new Observed { Containers = [] }, new UpOptions());
        Assert.Equal("db: Create p-db-1; web: Create p-web-1", Show(plan));
        Assert.Equal(["default"], plan.Networks);
        Assert.Equal(["data"], plan.Volumes);
    }

    [Fact]
    public void What_fits_is_kept()
    {
        StackSpec spec = StackHost.Spec(Two);
        StackPlan plan = Planner.Up(spec, Seen(Container(spec, "web"), Container(spec, "db")), new UpOptions());
        Assert.Equal("db: Keep p-db-1; web: Keep p-web-1", Show(plan));
        Assert.Empty(plan.Networks);
        Assert.Empty(plan.Volumes);
    }

    [Fact]
    public void What_ended_is_started()
    {
        StackSpec spec = StackHost.Spec(Two);
        StackPlan plan = Planner.Up(spec, Seen(Container(spec, "web") with { Status = ObservedStatus.Exited }, Container(spec, "db")), new UpOptions());
        Assert.Equal("db: Keep p-db-1; web: Start p-web-1", Show(plan));
    }

    [Fact]
    public void Only_what_changed_is_recreated()
    {
        StackSpec old = StackHost.Spec(Two);
        StackSpec spec = StackHost.Spec(Two.Replace("image: redis", "image: redis, environment: [A=1]", StringComparison.Ordinal));
        Observed seen = Seen(Container(old, "web"), Container(old, "db"));
        Assert.Equal("db: Recreate p-db-1; web: Keep p-web-1", Show(Planner.Up(spec, seen, new UpOptions())));
        Assert.Equal("db: Keep p-db-1; web: Keep p-web-1", Show(Planner.Up(spec, seen, new UpOptions { NoRecreate = true })));
    }

    [Fact]
    public void A_new_image_recreates()
    {
        StackSpec spec = StackHost.Spec(Two);
        Observed seen = Seen(Container(spec, "web") with { ImageId = "sha256:old" }, Container(spec, "db"));
        Assert.Equal("db: Keep p-db-1; web: Recreate p-web-1", Show(Planner.Up(spec, seen, new UpOptions())));
    }

    [Fact]
    public void Force_recreates_the_named_services_but_not_their_dependencies()
    {
        StackSpec spec = StackHost.Spec(Two);
        Observed seen = Seen(Container(spec, "web"), Container(spec, "db"));
        Assert.Equal("db: Recreate p-db-1; web: Recreate p-web-1", Show(Planner.Up(spec, seen, new UpOptions { ForceRecreate = true })));
        Assert.Equal("db: Keep p-db-1; web: Recreate p-web-1", Show(Planner.Up(spec, seen, new UpOptions { ForceRecreate = true, Services = ["web"] })));
        Assert.Equal("web: Recreate p-web-1", Show(Planner.Up(spec, seen, new UpOptions { ForceRecreate = true, Services = ["web"], NoDependencies = true })));
    }

    [Fact]
    public void Scaling_fills_gaps_and_removes_the_highest_numbers()
    {
        StackSpec three = StackHost.Spec("services: {db: {image: redis, scale: 3}}");
        Assert.Equal("db: Keep p-db-2, Create p-db-1, Create p-db-3", Show(Planner.Up(three, Seen(Container(three, "db", 2)), new UpOptions())));
        StackSpec one = StackHost.Spec("services: {db: {image: redis}}");
        Assert.Equal("db: Remove p-db-3, Remove p-db-2, Keep p-db-1", Show(Planner.Up(one, Seen(Container(one, "db", 1), Container(one, "db", 2), Container(one, "db", 3)), new UpOptions())));
        StackSpec none = StackHost.Spec("services: {db: {image: redis, scale: 0}}");
        Assert.Equal("db: Remove p-db-1", Show(Planner.Up(none, Seen(Container(none, "db")), new UpOptions())));
    }

    [Fact]
    public void The_number_of_replicas_and_dependencies_change_no_container()
    {
        string Hash(string fields) => ConfigHash.Of(StackHost.Spec("services:\n  a: {image: x, " + fields + "}\n  b: {image: x}"), "a");
        string plain = Hash("user: u");
        Assert.Equal(plain, Hash("user: u, scale: 3"));
        Assert.Equal(plain, Hash("user: u, depends_on: [b]"));
        Assert.Equal(plain, Hash("user: u, pull_policy: always, build: ."));
        Assert.NotEqual(plain, Hash("user: v"));
        Assert.NotEqual(plain, Hash("user: u, mem_limit: 1m"));
    }

    [Fact]
    public void The_content_of_a_config_belongs_to_the_container()
    {
        string Hash(string content) => ConfigHash.Of(StackHost.Spec("services: {a: {image: x, configs: [c]}}\nconfigs: {c: {content: " + content + "}}"), "a");
        Assert.Equal(Hash("one"), Hash("one"));
        Assert.NotEqual(Hash("one"), Hash("two"));
    }

    [Fact]
    public void Orphans_are_found_unless_the_client_knows_them()
    {
        StackSpec spec = StackHost.Spec("services: {db: {image: redis}}");
        Observed seen = Seen(Container(spec, "db"), Container(spec, "gone"), Container(spec, "debug"));
        Assert.Equal(["p-gone-1"], Planner.Up(spec, seen, new UpOptions { KnownServices = ["debug"] }).Orphans.Select(container => container.Name));
    }

    [Fact]
    public void A_dependent_that_asked_for_it_is_restarted_when_its_dependency_is_replaced()
    {
        StackSpec spec = StackHost.Spec("services:\n  web: {image: busybox, depends_on: {db: {condition: service_started, restart: true}}}\n  db: {image: redis}");
        Observed seen = Seen(Container(spec, "web"), Container(spec, "db", hash: "old"));
        Assert.Equal("db: Recreate p-db-1; web: Restart p-web-1", Show(Planner.Up(spec, seen, new UpOptions())));
    }

    [Fact]
    public void Who_shares_a_namespace_is_replaced_with_its_owner()
    {
        StackSpec spec = StackHost.Spec("services:\n  web: {image: busybox, network_mode: \"service:db\"}\n  db: {image: redis}");
        Observed seen = Seen(Container(spec, "web"), Container(spec, "db", hash: "old"));
        Assert.Equal("db: Recreate p-db-1; web: Recreate p-web-1", Show(Planner.Up(spec, seen, new UpOptions())));
    }

    [Fact]
    public void An_interrupted_replacement_is_finished()
    {
        StackSpec spec = StackHost.Spec("services: {db: {image: redis}}");
        ObservedContainer old = Container(spec, "db", hash: "old", id: "old-id");
        ObservedContainer replacement = Container(spec, "db", id: "new-id", name: "old-id_p-db-1", replaces: "old-id") with { Status = ObservedStatus.Created };
        Assert.Equal("db: Remove p-db-1, Rename p-db-1", Show(Planner.Up(spec, Seen(old, replacement), new UpOptions())));
        Assert.Equal("db: Rename p-db-1", Show(Planner.Up(spec, Seen(replacement), new UpOptions())));
    }

    [Fact]
    public void An_interrupted_replacement_that_is_out_of_date_is_undone()
    {
        StackSpec spec = StackHost.Spec("services: {db: {image: redis}}");
        ObservedContainer old = Container(spec, "db", id: "old-id", replaces: "older");
        ObservedContainer replacement = Container(spec, "db", hash: "neither", id: "new-id", name: "old-id_p-db-1", replaces: "old-id");
        Assert.Equal("db: Remove old-id_p-db-1, Keep p-db-1", Show(Planner.Up(spec, Seen(old, replacement), new UpOptions())));
    }

    [Fact]
    public void A_network_of_somebody_else_is_refused()
    {
        StackSpec spec = StackHost.Spec(Two);
        Observed seen = Seen() with { Networks = [new ObservedResource("p_default", new Dictionary<string, string>())] };
        EngineException exception = Assert.Throws<EngineException>(() => Planner.Up(spec, seen, new UpOptions()));
        Assert.Equal("network p_default was found but has incorrect label com.docker.compose.network set to \"\" (expected: \"default\")", exception.Message);
    }

    [Fact]
    public void A_missing_external_network_or_volume_is_refused()
    {
        StackSpec network = StackHost.Spec("services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}");
        Assert.Equal("network n declared as external, but could not be found", Assert.Throws<EngineException>(() => Planner.Up(network, new Observed { Containers = [] }, new UpOptions())).Message);
        StackSpec volume = StackHost.Spec("services: {a: {image: x, volumes: [\"v:/v\"]}}\nvolumes: {v: {external: true}}");
        Assert.Equal("external volume \"v\" not found", Assert.Throws<EngineException>(() => Planner.Up(volume, new Observed { Containers = [] }, new UpOptions())).Message);
    }

    [Fact]
    public void A_network_with_other_settings_is_a_conflict()
    {
        StackSpec spec = StackHost.Spec("services: {a: {image: x}}\nnetworks: {default: {internal: true}}");
        var labels = new Dictionary<string, string> { [ComposeLabels.Network] = "default", [ComposeLabels.Project] = "p", [ComposeLabels.Settings] = "other" };
        Observed seen = Seen() with { Networks = [new ObservedResource("p_default", labels)] };
        Assert.Equal(ErrorKind.Conflict, Assert.Throws<EngineException>(() => Planner.Up(spec, seen, new UpOptions())).Kind);
    }

    [Fact]
    public void After_a_reboot_what_ran_starts_and_what_rested_rests()
    {
        StackSpec spec = StackHost.Spec("services: {ran: {image: x}, unless: {image: x}, always: {image: x}, stopped: {image: x}, ended: {image: x}, runs: {image: x}}");
        ObservedContainer Exited(string name) => Container(spec, name) with { Status = ObservedStatus.Exited };
        IReadOnlyList<ServicePlan> plan = Planner.Resume(spec,
        [
            Exited("ran") with { Lost = true },
            Exited("unless") with { RestartsUnlessStopped = true },
            // Docker starts it again with the daemon, whoever stopped it.
            Exited("always") with { StoppedByUser = true, RestartsAlways = true },
            Exited("stopped") with { StoppedByUser = true, RestartsUnlessStopped = true, Lost = true },
            Exited("ended"),
            Container(spec, "runs"),
        ]);
        Assert.Equal(["ran", "unless", "always"], plan.Where(service => service.Steps.Any(step => step is ContainerStep.Start)).Select(service => service.Service));
    }
}
