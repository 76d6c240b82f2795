using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly AppHostInterceptor? _interceptor;

    public DistributedApplicationBuilder(string[] args)
    {
        _interceptor = AppHostInterceptor.Current;
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine([.. args.Where(arg => arg.Contains('='))]);
        var assembly = _interceptor?.AppHost ?? Assembly.GetEntryAssembly()!;
        AppHostDirectory = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value
            ?? throw new DistributedApplicationException("The AppHost assembly does not carry the metadata 'apphostprojectpath'.");
        // bin/Release/net10.0, wherever the assembly runs from: under test it lies in the tests' output.
        OutputSuffix = Path.Combine([.. Path.GetDirectoryName(assembly.Location)!.Split(Path.DirectorySeparatorChar)[^3..]]);
        IsUnderTest = _interceptor is not null;
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; }

    /// <summary>For example <c>bin/Release/net10.0</c>: the projects' outputs lie where the AppHost's own lies.</summary>
    public string OutputSuffix { get; }

    /// <summary>Under test there is no Aspire dashboard and nothing is printed but faults.</summary>
    public bool IsUnderTest { get; }

    public List<ProcessResource> Resources { get; } = [];

    public DistributedApplication Build()
    {
        if (Resources.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new DistributedApplicationException($"Two resources are named '{twice.Key}'; allowed: a name of its own for each.");
        }

        var application = new DistributedApplication(this);
        _interceptor?.Built(application);
        return application;
    }
}
