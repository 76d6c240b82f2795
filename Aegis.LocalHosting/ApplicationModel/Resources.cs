namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application.</summary>
public interface IResource
{
    /// <summary>Its name, unique in the application.</summary>
    string Name { get; }
}

/// <summary>A resource whose process takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource whose process takes arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that others find by name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource that others reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource;

/// <summary>A value from configuration, <c>Parameters:name</c>.</summary>
public sealed class ParameterResource : IResource
{
    internal ParameterResource(string name, Func<string> value)
    {
        Name = name;
        Value = value;
    }

    /// <inheritdoc/>
    public string Name { get; }

    internal Func<string> Value { get; }
}

/// <summary>What resources that are processes have in common.</summary>
public abstract class ProcessResource : IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    private protected ProcessResource(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    internal List<Action<IDictionary<string, string>>> Environment { get; } = [];

    internal List<string> Arguments { get; } = [];

    internal List<EndpointOptions> Endpoints { get; } = [];

    internal List<(ProcessResource Resource, bool IsForCompletion, int ExitCode)> Waits { get; } = [];

    internal string? HealthPath { get; set; }

    internal int Replicas { get; set; } = 1;
}

/// <summary>An endpoint of a resource; replica i listens on <c>Port + 100 i</c>.</summary>
internal sealed class EndpointOptions(string name, int port)
{
    public string Name { get; } = name;

    public int Port { get; } = port;

    public bool IsExternal { get; set; }

    public int PortOf(int replica) => Port + (100 * replica);
}

/// <summary>A .NET project, run from its build output.</summary>
public sealed class ProjectResource : ProcessResource, IResourceWithServiceDiscovery
{
    internal ProjectResource(string name, string projectPath)
        : base(name) => ProjectPath = projectPath;

    internal string ProjectPath { get; }
}

/// <summary>A private redis-server.</summary>
public sealed class RedisResource : ProcessResource, IResourceWithConnectionString
{
    internal RedisResource(string name, ParameterResource password)
        : base(name) => Password = password;

    internal ParameterResource Password { get; }

    internal string? DataFolder { get; set; }

    internal int Port => Endpoints[0].Port;

    internal string ConnectionString => $"localhost:{Port},password={Password.Value()}";
}
