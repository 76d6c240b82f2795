using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project by the path of its file, relative to the AppHost's folder.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var project = new ProjectResource(name, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath)));
        ((DistributedApplicationBuilder)builder).Resources.Add(project);
        return new ResourceBuilder<ProjectResource>(builder, project);
    }

    /// <summary>Runs several processes of a project; replica i listens on its port + 100 i.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.Configure(process => process.Replicas = replicas > 0 ? replicas : throw new ArgumentOutOfRangeException(nameof(replicas), replicas, "Allowed: 1 or more."));
}
