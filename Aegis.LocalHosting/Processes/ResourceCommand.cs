using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>What to run for a resource.</summary>
internal sealed record ResourceCommand(string File, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <exception cref="DistributedApplicationException">The program or the build output is missing.</exception>
    public static ResourceCommand Of(ProcessResource resource, int replica, DistributedApplicationBuilder builder, string? otlpEndpoint) => resource switch
    {
        RedisResource redis => Redis(redis),
        ProjectResource project => Project(project, replica, builder, otlpEndpoint),
        _ => throw new DistributedApplicationException($"Resource '{resource.Name}' is of no kind that can be run."),
    };

    private static ResourceCommand Redis(RedisResource redis)
    {
        var server = ProcessLauncher.Find("redis-server") ?? ProcessLauncher.Find("valkey-server")
            ?? throw new DistributedApplicationException("Neither redis-server nor valkey-server is installed. On Debian: apt-get install redis-server");
        var folder = redis.DataFolder ?? throw new DistributedApplicationException($"Redis '{redis.Name}' has no data volume.");
        Directory.CreateDirectory(folder);
        // The password goes into a file of mode 0600, not into the command line, which every user can read.
        var configuration = Path.Combine(folder, "redis.conf");
        System.IO.File.Delete(configuration);
        using (var writer = new StreamWriter(PrivateFile.Create(configuration)))
        {
            writer.Write($"bind 127.0.0.1\nport {redis.Port}\ndir \"{folder}\"\nsave \"\"\nrequirepass {redis.Password.Value()}\nmaxmemory-policy noeviction\nloglevel warning\n");
        }

        return new ResourceCommand(server, [configuration, .. redis.Arguments], folder, new Dictionary<string, string>());
    }

    private static ResourceCommand Project(ProjectResource project, int replica, DistributedApplicationBuilder builder, string? otlpEndpoint)
    {
        var folder = Path.GetDirectoryName(project.ProjectPath)!;
        var assembly = Path.Combine(folder, builder.OutputSuffix, Path.ChangeExtension(Path.GetFileName(project.ProjectPath), ".dll"));
        if (!System.IO.File.Exists(assembly))
        {
            throw new DistributedApplicationException($"'{assembly}' is not built. Build the solution first: dotnet build");
        }

        var environment = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production", ["OTEL_SERVICE_NAME"] = project.Name };
        if (project.Endpoints.Count > 0)
        {
            environment["ASPNETCORE_URLS"] = string.Join(';', project.Endpoints.Select(endpoint => $"http://localhost:{endpoint.PortOf(replica)}"));
        }

        if (otlpEndpoint is not null)
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpEndpoint;
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={project.Name}-{replica}";
            environment["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            environment["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            environment["OTEL_METRIC_EXPORT_INTERVAL"] = "5000";
        }

        foreach (var configure in project.Environment)
        {
            configure(environment);
        }

        return new ResourceCommand("dotnet", ["exec", assembly, .. project.Arguments], folder, environment);
    }
}
