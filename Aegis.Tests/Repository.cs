using System.Reflection;

namespace Aegis.Tests;

/// <summary>Places in and beside the checkout.</summary>
internal static class Repository
{
    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>A public data set beside the checkout; its absence is an error in CI and a skip elsewhere.</summary>
    public static string SharedData(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", name));
        if (!File.Exists(path))
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", $"{path} is not there; only CI insists on it.");
            Assert.Fail($"{path} is missing; in CI the public data sets must be there.");
        }

        return path;
    }

    /// <summary>A new folder that the caller deletes.</summary>
    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("aegis-test-").FullName;
}
