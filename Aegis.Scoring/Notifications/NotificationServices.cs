namespace Aegis.Scoring.Notifications;

/// <summary>Registers messages to people and systems.</summary>
internal static class NotificationServices
{
    /// <summary>Registers what writes messages and what sends them.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<Webhook>();
        services.AddSingleton<NoticeWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeWriter>());
        services.AddSingleton<HealthNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthNotices>());
        return services.AddHostedService<OutboxDelivery>();
    }
}
