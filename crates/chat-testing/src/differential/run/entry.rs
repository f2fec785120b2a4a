//! Writing the directory.

use super::{Answer, Run, said};
use crate::differential::{Entry, cast};
use chat::storage::{ProductRecord, SupplierRecord, UserRecord};

impl Run<'_> {
    pub(super) async fn entry(&self, entry: &Entry) -> Answer {
        let directory = &self.world.chat.directory_editor;
        Ok(match *entry {
            Entry::PutUser {
                who,
                role,
                is_active,
                name,
            } => {
                let user = UserRecord {
                    id: cast::user(who),
                    name: cast::name(name),
                    company: is_active.then(|| format!("Company of {}", cast::user(who))),
                    email: format!("{}@example.test", cast::user(who)),
                    role,
                    is_active,
                    time_zone: None,
                };
                said(&directory.put_user(&user).await?)
            }
            Entry::DeleteUser { who } => {
                let user = cast::user(who);
                said(&directory.delete_user(&user).await?)
            }
            Entry::PutCompany { company, who, name } => {
                let supplier = SupplierRecord {
                    id: cast::company(company),
                    user_id: cast::user(who),
                    name: cast::name(name),
                    working_hours: None,
                };
                said(&directory.put_supplier(&supplier).await?)
            }
            Entry::DeleteCompany { company } => {
                let company = cast::company(company);
                said(&directory.delete_supplier(&company).await?)
            }
            Entry::PutProduct {
                product,
                name,
                company,
            } => {
                let product = ProductRecord {
                    id: cast::product(product),
                    name: cast::name(name),
                    image: format!("/{}.png", name % 2),
                    supplier_id: company.map(cast::company),
                };
                said(&directory.put_product(&product).await?)
            }
            Entry::DeleteProduct { product } => {
                let product = cast::product(product);
                said(&directory.delete_product(&product).await?)
            }
            Entry::VacateDemoted => {
                let membership = &self.world.chat.membership;
                said(&membership.vacate_demoted().await?)
            }
        })
    }
}
