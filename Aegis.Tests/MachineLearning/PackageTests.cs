using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Onnx;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.MachineLearning;

/// <summary>The package as a stranger meets it: packed, restored into programs outside the checkout, which are those of
/// docs/machine-learning.md and of the client's page, and run.</summary>
public sealed partial class PackageTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private const int MaxProgramLines = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Repository.TemporaryFolder();

    // Never one that an earlier run has left in the cache of packages.
    private readonly string _version = $"0.1.0-test{Environment.ProcessId}.{Stopwatch.GetTimestamp()}";

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in new[] { "aegis.core", "aegis.machinelearning", "aegis.client" })
        {
            var left = Path.Combine(cache, package, _version);
            if (Directory.Exists(left))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    [Fact]
    public void ProgramsOfThePage_RunOnThePackage()
    {
        var programs = CodeOf("docs", "machine-learning.md");
        Assert.Equal(3, programs.Count);
        programs.Add(Assert.Single(CodeOf("Aegis.Client", "README.md")));
        Assert.All(programs, program => Assert.InRange(program.Split('\n').Length - 1, 5, MaxProgramLines));

        Pack();
        string[] names = ["forest", "autoencoder", "trees", "client"];
        WriteProject();
        for (var i = 0; i < names.Length; i++)
        {
            File.WriteAllText(Path.Combine(_folder, $"{names[i]}.cs"), programs[i]);
        }

        Run("restore", "-p:Program=forest");
        foreach (var name in names)
        {
            Run("build", "--no-restore", "-v", "quiet", "-nodeReuse:false", $"-p:Program={name}");
        }

        Assert.Matches(@"AUROC (0\.9\d+|1\.000), found .* 100\s?%", Run(Program("forest")));

        var onnx = Path.Combine(_folder, "autoencoder.onnx");
        File.WriteAllBytes(onnx, AutoencoderOnnx.Write(small.Model.Scaler, small.Model.Autoencoder.Autoencoder));
        Assert.Equal(2, Run(Program("autoencoder"), onnx).Split('\n').Count(line => ScoreLine().IsMatch(line)));

        var zip = Path.Combine(_folder, "trees.zip");
        Run(Program("trees"), zip);
        Assert.Contains("cannot be reached", Run(Program("client"), $"http://localhost:{Ports.Free()}"), StringComparison.Ordinal);
        Assert.Equal("trees.zip", ExternalModel.Open("trees.zip", File.ReadAllBytes(zip)).Name);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"^score \d+\.\d\d\r?$")]
    private static partial Regex ScoreLine();

    private static List<string> CodeOf(params string[] page) =>
        [.. CodeBlocks().Matches(File.ReadAllText(Path.Combine([Repository.Root, .. page]))).Select(match => match.Groups[1].Value)];

    private string Program(string name) => Path.Combine(_folder, "bin", name, $"{name}.dll");

    private void Pack()
    {
        var configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (var project in new[] { "Aegis.Core", "Aegis.MachineLearning", "Aegis.Client" })
        {
            Run("pack", Path.Combine(Repository.Root, project), "--no-build", "-c", configuration, "-o", Path.Combine(_folder, "packages"),
                $"-p:Version={_version}", "-nodeReuse:false");
        }
    }

    private void WriteProject()
    {
        // What the checkout itself was built with lies in the cache of packages; nothing else is asked.
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), """
            <configuration><packageSources><clear /><add key="packed" value="packages" /></packageSources></configuration>
            """);
        File.WriteAllText(Path.Combine(_folder, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                <AssemblyName>$(Program)</AssemblyName>
                <OutputPath>bin/$(Program)/</OutputPath>
                <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="$(Program).cs" />
                <PackageReference Include="Aegis.Client" Version="{_version}" />
                <PackageReference Include="Aegis.MachineLearning" Version="{_version}" />
              </ItemGroup>
            </Project>
            """);
    }

    private string Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output.Result}\n{errors.Result}");
        return output.Result;
    }
}
