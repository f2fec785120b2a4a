//! Certificates as people make them themselves.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::Command,
};

use sqlx::query;
use test_support::{PrivateCluster, open_folder};

use super::{checked, haggle, run};
use crate::{market::Market, talk::Talk};

fn openssl(folder: &Path, arguments: &str) {
    let made = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .expect("openssl is installed");
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
}

/// A key and a certificate of X.509 version 1, which has no extensions.
fn certificate(folder: &Path, owner: (u32, u32)) {
    let request = "req -new -nodes -newkey rsa:2048 -keyout key -out request -subj /CN=db";
    openssl(folder, request);
    openssl(
        folder,
        "x509 -req -in request -signkey key -days 30 -out certificate",
    );
    let text = Command::new("openssl")
        .args(["x509", "-noout", "-text", "-in", "certificate"])
        .current_dir(folder)
        .output()
        .expect("openssl runs");
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(text.contains("Version: 1 (0x0)"), "{text}");
    let key = folder.join("key");
    fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("a private key");
    if rustix::process::geteuid().is_root() {
        chown(&key, Some(owner.0), Some(owner.1)).expect("it is handed over");
    }
}

#[tokio::test]
async fn a_server_with_an_x509_v1_certificate_is_reached_as_psql_reaches_it() {
    let folder = open_folder();
    for rule in ["host", "hostssl"] {
        let rules = format!("{rule} all all 127.0.0.0/8 trust");
        let (cluster, address) = PrivateCluster::on_network(&rules, &[]);
        let socket = cluster.socket();
        let owner = fs::metadata(socket.parent().expect("a folder")).expect("its owner");
        certificate(folder.path(), (owner.uid(), owner.gid()));
        let db = sqlx::PgPool::connect(cluster.url())
            .await
            .expect("it answers");
        for (setting, file) in [("ssl_cert_file", "certificate"), ("ssl_key_file", "key")] {
            let path = folder.path().join(file);
            run(
                &db,
                &format!("alter system set {setting} = '{}'", path.display()),
            )
            .await;
        }
        run(&db, "alter system set ssl = on").await;
        query("select pg_reload_conf()")
            .execute(&db)
            .await
            .expect("it is reloaded");
        db.close().await;

        let url = format!("postgres://haggle@{address}/haggle");
        if rule == "host" {
            let market = Market::at(&url, &[]).await;
            let conversation = market.steel().await;
            market.person("anna").say(&conversation, "Hello").await;
        } else {
            // Without TLS it is not let in, and with TLS it cannot read the certificate.
            let line = checked(&haggle("check", &url, &[]));
            assert!(line.contains("FAILED") && line.contains("X.509"), "{line}");
        }
        let line = checked(&haggle("check", &format!("{url}?sslmode=require"), &[]));
        assert!(
            line.contains("FAILED") && line.contains("sslmode=disable"),
            "{line}"
        );
        let with = format!("{url}?sslmode=disable");
        let line = checked(&haggle("check", &with, &[]));
        assert_eq!(line.contains("FAILED"), rule == "hostssl", "{line}");
    }
}
