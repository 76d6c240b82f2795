using System.Xml.Linq;

namespace Aegis.Tests.Architecture;

public sealed class ProjectArrowTests
{
    // Who may see whom, as docs/architecture.md draws it.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Aegis.Core"] = [],
        ["Aegis.ServiceDefaults"] = [],
        ["Aegis.Streams"] = ["Aegis.Core"],
        ["Aegis.Datasets"] = ["Aegis.Core"],
        ["Aegis.MachineLearning"] = ["Aegis.Core"],
        ["Aegis.Rules"] = ["Aegis.Core"],
        ["Aegis.Training"] = ["Aegis.Client", "Aegis.Core", "Aegis.Datasets", "Aegis.MachineLearning"],
        ["Aegis.Producer"] = ["Aegis.Core", "Aegis.Datasets", "Aegis.Streams", "Aegis.ServiceDefaults"],
        ["Aegis.Client"] = ["Aegis.Core"],
        ["Aegis.Scoring"] =
            ["Aegis.Client", "Aegis.Core", "Aegis.MachineLearning", "Aegis.Rules", "Aegis.Streams", "Aegis.ServiceDefaults"],
        ["Aegis.Dashboard"] = ["Aegis.Client", "Aegis.Core", "Aegis.Streams", "Aegis.ServiceDefaults"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatTheArrowsAllow(string project)
    {
        Assert.Empty(References(project).Except(Allowed[project]));
    }

    [Fact]
    public void AppHost_CompilesAgainstStreamsAlone() =>
        Assert.Equal(["Aegis.Streams"], typeof(Aegis.AppHost.UpOptions).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!).Where(name => name.StartsWith("Aegis.", StringComparison.Ordinal)));

    [Fact]
    public void Core_TakesOnlyPackagesThatTouchNothing()
    {
        string[] allowed = ["ADRaffy.ENSNormalize", "System.Numerics.Tensors"];
        Assert.Equal(allowed, Elements("Aegis.Core", "PackageReference").Select(e => (string)e.Attribute("Include")!));
    }

    [Fact]
    public void Core_TouchesNoFileNetworkOrClock()
    {
        string[] forbidden = ["System.Net.Sockets", "System.Net.Http", "System.IO.FileSystem", "Microsoft.Extensions"];
        var referenced = typeof(Aegis.Core.Transactions.Transaction).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.DoesNotContain(referenced, name => forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void NothingSeesTheTestsOrBenchmarks()
    {
        foreach (var project in Allowed.Keys.Append("Aegis.AppHost").Append("Aegis.TestRig"))
        {
            Assert.DoesNotContain(References(project), name => name is "Aegis.Tests" or "Aegis.Benchmarks");
        }
    }

    [Fact]
    public void TestRig_CompilesAgainstNoProgram() => Assert.Equal(
        ["Aegis.Client", "Aegis.Core", "Aegis.Datasets", "Aegis.Streams"],
        typeof(Aegis.TestRig.Servers.Ports).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("Aegis.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Aegis.sln"));
        foreach (var project in Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(p => !p.Contains("/bin/") && !p.Contains("/obj/")))
        {
            Assert.Contains(Path.GetFileName(project), solution, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> References(string project) => Elements(project, "ProjectReference").Select(Name);

    private static IEnumerable<XElement> Elements(string project, string element) =>
        XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj")).Descendants(element);

    private static string Name(XElement reference) =>
        Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));
}
