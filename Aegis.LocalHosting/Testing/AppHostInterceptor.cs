using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>Unwinds an AppHost's Program once its application is built; the test runs the application instead.</summary>
internal sealed class AppHostBuiltException : Exception;

/// <summary>Catches the application that an AppHost's Program builds.</summary>
internal sealed class AppHostInterceptor(Assembly appHost)
{
    private static readonly AsyncLocal<AppHostInterceptor?> Intercepting = new();

    /// <summary>The interceptor of the current flow of control; null outside of tests.</summary>
    public static AppHostInterceptor? Current => Intercepting.Value;

    /// <summary>The AppHost's assembly.</summary>
    public Assembly AppHost { get; } = appHost;

    /// <summary>What Program built.</summary>
    public DistributedApplication? Application { get; private set; }

    /// <summary>Runs Program up to where it has built its application.</summary>
    /// <exception cref="DistributedApplicationException">Program ended without building one.</exception>
    public DistributedApplication Run(string[] args)
    {
        Intercepting.Value = this;
        try
        {
            AppHost.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
        }
        catch (AppHostBuiltException)
        {
            return Application!;
        }
        finally
        {
            Intercepting.Value = null;
        }

        throw new DistributedApplicationException("The AppHost's Program ended without building an application; its arguments may be wrong.");
    }

    /// <summary>Called by the builder.</summary>
    public void Built(DistributedApplication application)
    {
        Application = application;
        throw new AppHostBuiltException();
    }
}
