using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>A promise of a page names the test that can fail; the test is there.</summary>
public sealed partial class NamedTestsTests
{
    public static TheoryData<string> Pages => DocumentLinkTests.Pages;

    [Theory]
    [MemberData(nameof(Pages))]
    public void TestsThatAPageNames_Exist(string page) =>
        Assert.Equal("", string.Join(' ', Missing(File.ReadAllText(Path.Combine(Repository.Root, page)))));

    [Fact]
    public void Missing_NamesAClassOrMethodThatIsNotThere() => Assert.Equal(
        ["NoSuchTests", "NamedTestsTests.NoSuchMethod"],
        Missing($"`NoSuchTests`, `NamedTestsTests`, `NamedTestsTests.NoSuchMethod`, `NamedTestsTests.{nameof(TestsThatAPageNames_Exist)}`"));

    private static IEnumerable<string> Missing(string text) =>
        Names().Matches(text).Select(name => name.Groups[1].Value).Distinct().Where(name => !Exists(name.Split('.')));

    private static bool Exists(string[] name) => typeof(NamedTestsTests).Assembly.GetTypes()
        .Any(type => type.Name == name[0] && (name.Length == 1 || type.GetMethods().Any(method => method.Name == name[1])));

    // `StoreTests`, or `StoreTests.Commit_WithStaleEpoch_IsRefusedWhole`
    [GeneratedRegex(@"`(\w+Tests(?:\.\w+)?)`")]
    private static partial Regex Names();
}
