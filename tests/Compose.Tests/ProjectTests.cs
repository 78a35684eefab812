using Argosy.Contract.Stacks;

namespace Argosy.Compose.Tests;

public sealed class ProjectTests : IDisposable
{
    private readonly ProjectFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_override_file_is_merged_by_key_and_by_list()
    {
        folder.With("compose.yaml", """
            services:
              a:
                image: one
                command: [x, y]
                environment: {A: "1", B: "1"}
                ports: ["80:80", "90:90"]
                volumes: ["v:/data", "/a:/b"]
                cap_add: [NET_ADMIN]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                depends_on: [b]
                logging: {driver: json-file, options: {max-size: 1m}}
              b: {image: b}
            volumes: {v: {}}
            """).With("compose.override.yaml", """
            services:
              a:
                image: two
                command: [z]
                environment: [B=2, C=3]
                ports: ["80:80", "91:90"]
                volumes: ["/c:/data"]
                cap_add: [NET_ADMIN, SYS_TIME]
                healthcheck: {test: [CMD, "false"]}
                depends_on: {b: {condition: service_healthy}}
                logging: {driver: none}
            """);
        StackService a = folder.Load().Spec.Services["a"];
        Assert.Equal("two", a.Image);
        Assert.Equal(["z"], a.Command);
        Assert.Equal("A=1,B=2,C=3", string.Join(',', a.Environment.Select(e => $"{e.Key}={e.Value}")));
        Assert.Equal(["80", "90", "91"], a.Ports.Select(port => port.Published));
        Assert.Equal(["/c", "/a"], a.Volumes.Select(mount => mount.Source));
        Assert.Equal(["NET_ADMIN", "SYS_TIME"], a.CapAdd);
        Assert.Equal(["CMD", "false"], a.Healthcheck!.Test);
        Assert.Equal(TimeSpan.FromSeconds(1), a.Healthcheck!.Interval);
        Assert.Equal("service_healthy", a.DependsOn["b"].Condition);
        Assert.Empty(a.Logging!.Options);
    }

    [Fact]
    public void Reset_removes_and_override_replaces()
    {
        folder.With("compose.yaml", "services:\n  a:\n    image: x\n    ports: [\"1:1\"]\n    dns: [1.1.1.1]\n    user: u")
            .With("o.yaml", "services:\n  a:\n    ports: !override [\"2:2\"]\n    dns: !reset []\n    user: !reset null");
        StackService a = folder.Load(o => o with { Files = ["compose.yaml", "o.yaml"] }).Spec.Services["a"];
        Assert.Equal(["2"], a.Ports.Select(port => port.Published));
        Assert.Empty(a.Dns);
        Assert.Null(a.User);
    }

    [Fact]
    public void Anchors_merge_keys_and_extensions_work()
    {
        StackSpec spec = ProjectFolder.Parse("""
            x-env: &env
              A: "1"
              B: "1"
            x-base: &base
              image: base
              restart: always
            services:
              a:
                <<: *base
                image: mine
                environment:
                  <<: *env
                  B: "2"
                x-note: free
            """);
        Assert.Equal(("mine", "always"), (spec.Services["a"].Image, spec.Services["a"].Restart));
        Assert.Equal(("1", "2"), (spec.Services["a"].Environment["A"], spec.Services["a"].Environment["B"]));
    }

    [Fact]
    public void Extends_reaches_into_the_same_and_other_files()
    {
        folder.With("sub/base.yaml", """
            services:
              base: {image: base, environment: {A: "1", B: "1"}, volumes: ["./d:/d"], env_file: e.env}
              more: {extends: base, user: u}
            """).With("sub/e.env", "E=file\nA=file\n").With("compose.yaml", """
            services:
              a: {extends: {file: sub/base.yaml, service: more}, environment: {B: "2"}}
              b: {extends: a, image: other}
            """);
        StackSpec spec = folder.Load().Spec;
        Assert.Equal(("base", "u", "1", "2", "file"), (spec.Services["a"].Image, spec.Services["a"].User, spec.Services["a"].Environment["A"], spec.Services["a"].Environment["B"], spec.Services["a"].Environment["E"]));
        Assert.Equal(folder.Path + "/sub/d", spec.Services["a"].Volumes[0].Source);
        Assert.Equal("other", spec.Services["b"].Image);
    }

    [Fact]
    public void Extends_in_a_circle_is_refused()
    {
        folder.With("compose.yaml", "services:\n  a: {extends: b}\n  b: {extends: a}");
        Assert.Contains("circular reference", Assert.Throws<ComposeException>(() => folder.Load()).Message);
    }

    [Fact]
    public void The_environment_wins_over_the_env_file()
    {
        folder.Environment["TAG"] = "shell";
        folder.With(".env", "TAG=file\nPORT=81\n").With("compose.yaml", "services:\n  a:\n    image: x:$TAG\n    ports: [\"${PORT}:80\"]\n    environment: [TAG, PORT, NONE]");
        StackService a = folder.Load().Spec.Services["a"];
        Assert.Equal(("x:shell", "81"), (a.Image, a.Ports[0].Published));
        Assert.Equal(("shell", "81", null), (a.Environment["TAG"], a.Environment["PORT"], a.Environment["NONE"]));
    }

    [Fact]
    public void A_variable_that_is_not_set_is_a_warning()
    {
        folder.With("compose.yaml", "services:\n  a:\n    image: x\n    user: \"$NOPE\"");
        Assert.Equal(["The \"NOPE\" variable is not set. Defaulting to a blank string."], folder.Load().Warnings);
    }

    [Fact]
    public void A_missing_env_file_is_an_error_unless_it_is_optional()
    {
        folder.With("compose.yaml", "services:\n  a:\n    image: x\n    env_file: [{path: no.env, required: false}]");
        Assert.Empty(folder.Load().Spec.Services["a"].Environment);
        folder.With("compose.yaml", "services:\n  a:\n    image: x\n    env_file: no.env");
        Assert.Contains("no.env not found", Assert.Throws<ComposeException>(() => folder.Load()).Message);
    }

    [Fact]
    public void Profiles_choose_services()
    {
        folder.With("compose.yaml", "services:\n  a: {image: x}\n  b: {image: x, profiles: [dev]}\n  c: {image: x, profiles: [ops]}");
        Assert.Equal(["a"], folder.Load().Spec.Services.Keys);
        Assert.Equal(["b", "c"], folder.Load().Disabled.Keys);
        Assert.Equal(["a", "b"], folder.Load(o => o with { Profiles = ["dev"] }).Spec.Services.Keys);
        Assert.Equal(["a", "c"], folder.Load(o => o with { Services = ["c"] }).Spec.Services.Keys);
        Assert.Equal(["a", "b", "c"], folder.Load(o => o with { Profiles = ["*"] }).Spec.Services.Keys);
        folder.Environment["COMPOSE_PROFILES"] = "dev,ops";
        Assert.Equal(["a", "b", "c"], folder.Load().Spec.Services.Keys);
    }

    [Fact]
    public void A_dependency_in_an_inactive_profile_is_refused_by_name()
    {
        folder.With("compose.yaml", "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, profiles: [dev]}");
        Assert.Equal("service \"b\" is required by \"a\" but is disabled. Can be enabled by profiles [dev]", Assert.Throws<ComposeException>(() => folder.Load()).Message);
    }

    [Fact]
    public void The_name_comes_from_option_environment_file_or_directory()
    {
        folder.With("My App!/compose.yaml", "services:\n  a: {image: \"$COMPOSE_PROJECT_NAME\"}");
        folder.With("named.yaml", "name: written\nservices:\n  a: {image: x}");
        ComposeOptions At(ComposeOptions o) => o with { ProjectName = null, Files = ["My App!/compose.yaml"] };
        Assert.Equal("myapp", folder.Load(At).Spec.Name);
        Assert.Equal("myapp", folder.Load(At).Spec.Services["a"].Image);
        Assert.Equal("written", folder.Load(o => o with { ProjectName = null, Files = ["named.yaml"] }).Spec.Name);
        folder.Environment["COMPOSE_PROJECT_NAME"] = "fromenv";
        Assert.Equal("fromenv", folder.Load(o => o with { ProjectName = null, Files = ["named.yaml"] }).Spec.Name);
        Assert.Equal("said", folder.Load(o => o with { ProjectName = "said", Files = ["named.yaml"] }).Spec.Name);
        Assert.Contains("invalid project name \"Bad\"", Assert.Throws<ComposeException>(() => folder.Load(o => o with { ProjectName = "Bad", Files = ["named.yaml"] })).Message);
    }

    [Fact]
    public void Files_are_found_by_COMPOSE_FILE_and_above_the_working_directory()
    {
        folder.With("compose.yaml", "services:\n  a: {image: x}").With("x.yaml", "services:\n  x: {image: x}").With("y.yaml", "services:\n  y: {image: x}").With("deep/er/file", "");
        Assert.Equal(["a"], folder.Load(o => o with { WorkingDirectory = folder.Path + "/deep/er" }).Spec.Services.Keys);
        folder.Environment["COMPOSE_FILE"] = "x.yaml:y.yaml";
        ComposeProject project = folder.Load();
        Assert.Equal(["x", "y"], project.Spec.Services.Keys);
        Assert.Equal([folder.Path + "/x.yaml", folder.Path + "/y.yaml"], project.Files);
    }

    [Fact]
    public void Names_of_resources_carry_the_project_unless_they_are_external_or_named()
    {
        StackSpec spec = ProjectFolder.Parse("""
            services:
              a:
                image: x
                networks: {n: {aliases: [z]}, e: }
                volumes: ["v:/v", "w:/w"]
              b: {image: x}
            networks:
              n: {internal: true, ipam: {config: [{subnet: 10.9.0.0/24}]}}
              e: {external: true, name: other}
              unused: {}
            volumes: {v: {}, w: {name: mine}}
            """);
        Assert.Equal(("p_n", "other", "p_default"), (spec.Networks["n"].Name, spec.Networks["e"].Name, spec.Networks["default"].Name));
        Assert.Equal(("p_v", "mine"), (spec.Volumes["v"].Name, spec.Volumes["w"].Name));
        Assert.False(spec.Networks.ContainsKey("unused"));
        Assert.Equal(["z"], spec.Services["a"].Networks["n"]!.Aliases);
        Assert.Equal("10.9.0.0/24", spec.Networks["n"].Ipam!.Config[0].Subnet);
    }

    [Fact]
    public void Secrets_come_from_files_or_the_environment()
    {
        folder.Environment["TOKEN"] = "hush";
        folder.With("compose.yaml", "services:\n  a: {image: x, secrets: [s, {source: t, target: tok}]}\nsecrets:\n  s: {file: ./s.txt}\n  t: {environment: TOKEN}");
        StackSpec spec = folder.Load().Spec;
        Assert.Equal(folder.Path + "/s.txt", spec.Secrets["s"].File);
        Assert.Equal("hush", spec.Secrets["t"].Content);
        Assert.DoesNotContain("hush", ConfigWriter.ToYaml(spec));
    }

    [Fact]
    public void What_config_prints_is_the_same_project_again()
    {
        folder.With("compose.yaml", """
            services:
              a:
                image: x
                command: ["echo", "$$HOME", "true", "1", ""]
                entrypoint: []
                environment: {N: "no", E: "", M: "a\nb", Z: "$$x"}
                ports: ["8080:80"]
                healthcheck: {test: [CMD, "true"], interval: 90s}
                ulimits: {nofile: 10}
                networks: {n: }
                deploy: {resources: {limits: {cpus: "0.5", memory: 64M}}}
                build: {context: ., args: {A: "1", B: }}
            networks: {n: {enable_ipv6: true}}
            """);
        StackSpec spec = folder.Load().Spec;
        string yaml = ConfigWriter.ToYaml(spec);
        folder.With("again.yaml", yaml).With("again.json", ConfigWriter.ToJson(spec));
        Assert.Equal(yaml, ConfigWriter.ToYaml(folder.Load(o => o with { Files = ["again.yaml"] }).Spec));
        Assert.Equal(yaml, ConfigWriter.ToYaml(folder.Load(o => o with { Files = ["again.json"] }).Spec));
        Assert.Contains("\"$$HOME\"", yaml.Replace("- $$HOME", "- \"$$HOME\"", StringComparison.Ordinal));
    }
}
