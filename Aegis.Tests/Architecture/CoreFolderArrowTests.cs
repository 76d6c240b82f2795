namespace Aegis.Tests.Architecture;

public sealed class CoreFolderArrowTests
{
    // Each folder may name those before it.
    private static readonly string[] Order =
        ["Faults", "Numerics", "Transactions", "Ingestions", "Payments", "Facts", "Features", "Decisions", "Budgets"];

    public static TheoryData<string> Folders => [.. Order];

    [Fact]
    public void EveryFolder_HasItsPlaceInTheOrder()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "Aegis.Core")).Select(path => Path.GetFileName(path)!);
        Assert.Equal(Order.Order(), folders.Except(["bin", "obj"]).Order());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_NamesOnlyThoseBeforeIt(string folder)
    {
        var allowed = Order[..(Array.IndexOf(Order, folder) + 1)];
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "Aegis.Core", folder), "*.cs", SearchOption.AllDirectories))
        {
            var source = File.ReadAllText(path);
            Assert.Contains($"namespace Aegis.Core.{folder};", source, StringComparison.Ordinal);
            Assert.Empty(Named(source).Except(allowed).Select(named => $"{folder}/{Path.GetFileName(path)} names {named}"));
        }
    }

    [Theory]
    [InlineData("using Aegis.Core.Features;", "Features")]
    [InlineData("using static Aegis.Core.Features.FeatureSource;", "Features")]
    [InlineData("var hash = Numerics.StableHash.Mix(1);", "Numerics")]
    [InlineData("/// <see cref=\"Decisions.Decision\"/>", "Decisions")]
    [InlineData("using System.Numerics;", null)]
    [InlineData("counts.Merchants.Of(1)", null)]
    public void Named_FindsUsingsAndQualifiedNames(string source, string? folder) =>
        Assert.Equal(folder is null ? [] : [folder], Named(source));

    private static IEnumerable<string> Named(string source) => SourceFolders.Named("Aegis.Core", source, Order);
}
