namespace Argosy.Shop.Tests.Running;

/// <summary>The tests that share the running shop, one after the other: some of them pull the plug.</summary>
[CollectionDefinition(Name)]
public sealed class RunningShopCollection : ICollectionFixture<ShopUnderTest>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "running shop";
}
