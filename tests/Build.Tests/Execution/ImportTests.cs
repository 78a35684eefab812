using System.Text;
using Argosy.Build.Cache;
using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

/// <summary>Results from elsewhere: one fixture is the engine that made them, another the one that takes them.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Single = "FROM base\nCOPY a /a\nRUN one\nENV X=1\nWORKDIR /w\nRUN two";
    private const string Stages = "FROM base AS made\nRUN make\nFROM base\nCOPY --from=made /ran /made\nRUN after";

    private readonly BuildFixture maker = new BuildFixture().With("a", "1");
    private readonly BuildFixture taker = new BuildFixture().With("a", "1");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await maker.DisposeAsync();
        await taker.DisposeAsync();
    }

    [Fact]
    public async Task Every_step_of_an_imported_cache_is_taken_and_is_the_engines_own_from_then_on()
    {
        BuiltImage made = await maker.BuildAsync(Single);
        Promise(made.Layers);
        BuiltImage taken = await taker.BuildAsync(Single, With(Export(made)));
        Assert.Equal(made.Id, taken.Id);
        Assert.Empty(taker.Runner.Commands);
        Assert.Equal(4, Hits());
        BuiltImage again = await taker.BuildAsync(Single);
        Assert.Equal((made.Id, 8), (again.Id, Hits()));
    }

    [Fact]
    public async Task Layers_of_a_stage_that_is_only_copied_from_are_not_fetched()
    {
        BuiltImage made = await maker.BuildAsync(Stages);
        Promise(made.Report.Steps.Select(step => step.DiffId).OfType<Digest>());
        BuiltImage taken = await taker.BuildAsync(Stages, With(Export(made)));
        Assert.Equal(made.Id, taken.Id);
        Assert.Equal(made.Layers.ToHashSet(), [.. taker.Images.Fetched]);
        Assert.Equal("RUN /bin/sh -c make # buildkit", made.Report.Steps.Single(step => !made.Layers.Contains(step.DiffId!.Value)).Description);
    }

    [Fact]
    public async Task A_stage_whose_layers_are_needed_and_lost_is_built_again()
    {
        BuiltImage made = await maker.BuildAsync(Stages);
        Promise(made.Layers);
        foreach (Digest lost in made.Report.Steps.Select(step => step.DiffId!.Value).Except(made.Layers))
            taker.Images.Promised[lost] = null;
        await taker.BuildAsync(Stages.Replace("/made", "/elsewhere", StringComparison.Ordinal), With(Export(made)));
        Assert.Equal(["make", "after"], taker.Runner.Commands.Select(command => command.Arguments[^1]));
        Assert.Contains("is lost: the build begins again without it\n", taker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_lies_about_what_it_stands_on_is_not_taken()
    {
        BuiltImage made = await maker.BuildAsync(Single);
        Promise(made.Layers);
        CachedStep[] lies = [.. made.Report.Steps.Select(step => step with { Parent = Digest.Of("x"u8).ToString() })];
        await taker.BuildAsync(Single, With(ImportedCache.Of("lies", new CacheDocument(lies, []))));
        Assert.Equal(2, taker.Runner.Commands.Count);
    }

    [Fact]
    public async Task No_cache_asks_no_imported_cache_either()
    {
        BuiltImage made = await maker.BuildAsync(Single);
        Promise(made.Layers);
        ImportedCache cache = Export(made);
        await taker.BuildAsync(Single, request => request with { Caches = [cache], NoCache = true });
        Assert.Equal((2, 0), (taker.Runner.Commands.Count, Hits()));
    }

    [Fact]
    public async Task An_images_history_is_a_cache_for_steps_that_it_tells_all_of()
    {
        const string Plain = "FROM base\nENV X=1\nRUN one\nWORKDIR /w\nRUN two";
        BuiltImage made = await maker.BuildAsync(Plain);
        Promise(made.Layers);
        ImportedCache image = ImportedCache.OfImage("image", maker.Images.Created[made.Id.ToString()]);
        BuiltImage taken = await taker.BuildAsync(Plain, With(image));
        Assert.Equal((made.Id, 3), (taken.Id, Hits()));
        await taker.BuildAsync(Plain.Replace("X=1", "X=2", StringComparison.Ordinal), With(image));
        Assert.Equal(2, taker.Runner.Commands.Count);
    }

    [Theory]
    [InlineData("FROM base\nCOPY a /a")]
    [InlineData("FROM base\nRUN --mount=type=tmpfs,target=/t one")]
    [InlineData("FROM base\nRUN --network=none one")]
    [InlineData("FROM base\nRUN <<X\n#!/bin/run\nX\n")]
    public async Task An_images_history_is_no_cache_for_steps_that_it_does_not_tell_all_of(string dockerfile)
    {
        BuiltImage made = await maker.BuildAsync(dockerfile);
        Promise(made.Layers);
        await taker.BuildAsync(dockerfile, With(ImportedCache.OfImage("image", maker.Images.Created[made.Id.ToString()])));
        Assert.Equal(0, Hits());
    }

    [Fact]
    public async Task An_image_that_keeps_its_cache_is_a_cache_for_all_of_its_steps_and_a_child_does_not_inherit_it()
    {
        BuiltImage made = await maker.BuildAsync(Single, request => request with { Arguments = new Dictionary<string, string?> { ["BUILDKIT_INLINE_CACHE"] = "1" } });
        Promise(made.Layers);
        byte[] configuration = maker.Images.Created[made.Id.ToString()];
        BuiltImage taken = await taker.BuildAsync(Single, With(ImportedCache.OfImage("image", configuration)));
        Assert.Equal(made.Layers, taken.Layers);
        Assert.Equal(4, Hits());
        taker.Images.AddBase("made", Encoding.UTF8.GetString(configuration));
        Assert.False((await taker.BuildAsync("FROM made\nCMD [\"x\"]")).Json.TryGetProperty("argosy.buildcache.v1", out _));
        Assert.DoesNotContain("were not consumed", maker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_results_are_exported_as_the_same_bytes_whether_they_were_made_or_found()
    {
        BuiltImage made = await maker.BuildAsync(Stages);
        BuiltImage found = await maker.BuildAsync(Stages);
        Assert.Equal(new CacheDocument(made.Report.Steps, []).ToJson(), new CacheDocument(found.Report.Steps, []).ToJson());
        // The key by layers and the one by content.
        Assert.Equal(2, made.Report.Steps.Count(step => step.Description.StartsWith("COPY", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"steps":[]}""")]
    [InlineData("""{"version":1,"steps":[null]}""")]
    [InlineData("""{"version":1,"steps":[{"key":"abc","parent":"","createdBy":"x"}]}""")]
    [InlineData("""{"version":1,"steps":[{"key":"0123456789012345678901234567890123456789012345678901234567890123","parent":"sha256:1","createdBy":"x"}]}""")]
    [InlineData("""{"version":1,"steps":[{"key":"0123456789012345678901234567890123456789012345678901234567890123","parent":"","diffId":"../x","createdBy":"x"}]}""")]
    [InlineData("""{"version":1,"steps":[],"layers":[{"diffId":"x","size":1}]}""")]
    [InlineData("""{"version":1,"steps":[],"layers":[null]}""")]
    public void A_document_that_is_not_whole_is_refused(string json) =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<EngineException>(() => CacheDocument.Parse(Encoding.UTF8.GetBytes(json))).Kind);

    private int Hits() => taker.Output.Split(" ---> Using cache\n").Length - 1;

    private void Promise(IEnumerable<Digest> layers)
    {
        foreach (Digest layer in layers)
            taker.Images.Promised[layer] = maker.Images;
    }

    /// <summary>Through the wire's form.</summary>
    private static ImportedCache Export(BuiltImage made) => ImportedCache.Of("cache", CacheDocument.Parse(new CacheDocument(made.Report.Steps, []).ToJson()));

    private static Func<BuildRequest, BuildRequest> With(ImportedCache cache) => request => request with { Caches = [cache] };
}
